"""How fast the interview is: what scripts/bench measures."""
