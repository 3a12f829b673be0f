"""A framework as an Excel workbook that people edit, read back with each fault at its cell."""
