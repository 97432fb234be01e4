"""The face of an agency: what waits, what to do with each dossier, and who does it."""
