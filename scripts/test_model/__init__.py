"""Making the small Vosk model of the tests from synthetic speech alone."""
