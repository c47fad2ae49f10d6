"""What is told to whoever takes over: the summary of an interview, as a value and as sentences."""
