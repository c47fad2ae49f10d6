"""intents/*.yaml read strictly and made into values."""
