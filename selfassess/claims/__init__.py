"""The claims of a self-evaluation as a file that people write: kept in step, listed, in Word."""
