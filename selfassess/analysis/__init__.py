"""Statistics over readings, pure: numbers in, numbers and sentences out. Nothing is judged."""
