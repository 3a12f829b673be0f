"""Statistics over readings, pure: numbers in, numbers and plain sentences out. Nothing is judged."""
