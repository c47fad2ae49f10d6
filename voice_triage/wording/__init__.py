"""What is said aloud: from the ids of prompts to sentences."""
