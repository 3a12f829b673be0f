"""Charts: geometry, a sentence and a table, each drawn from the data of ``assessment.json``."""
