"""Measuring: the measure language, its compiler and the run that gives readings."""
