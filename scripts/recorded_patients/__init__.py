"""Makes the recorded patients of audio_fixtures/: see scripts/make_fixtures."""
