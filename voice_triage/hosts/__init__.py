"""Those who drive the dialogue: microphone loop, console, demo, replay."""
