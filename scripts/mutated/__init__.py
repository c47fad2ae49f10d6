"""The clinical content made a little worse in every way, to see whether the tests notice."""
