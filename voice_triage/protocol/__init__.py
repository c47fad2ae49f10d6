"""What to ask, and what the answers mean for urgency: pure functions of findings."""
