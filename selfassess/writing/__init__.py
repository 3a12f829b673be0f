"""How files are written, whoever writes them: whole or not at all, and safe to open."""
