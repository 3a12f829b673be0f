"""What readings, entries and claims say together: pure functions, no I/O, no clock."""
