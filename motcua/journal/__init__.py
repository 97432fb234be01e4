"""The append-only log: who asked for what, what happened, and the proof that nobody changed it since."""
