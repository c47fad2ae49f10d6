"""What the adapters of sound share: arithmetic on samples, and the one PortAudio of the process."""
