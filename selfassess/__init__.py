"""selfassess: says what the evidence supports, what it contradicts and what it cannot tell."""
