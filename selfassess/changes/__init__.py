"""What changed between two assessments: pure functions on their data, no I/O, no clock."""
