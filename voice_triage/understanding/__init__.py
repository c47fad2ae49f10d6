"""What the person meant: from heard words to an event of the interview."""
