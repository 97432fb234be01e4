"""The face of a clerk: a post counter, a one-stop desk, an agency's own desk."""
