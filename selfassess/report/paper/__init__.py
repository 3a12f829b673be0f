"""A committee's paper, from the council's own assessment or from a copy for others."""
