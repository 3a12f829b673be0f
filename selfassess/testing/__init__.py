"""Published cases as tests: what inspectors found, and what must and must not be said of it."""
