"""The face of citizens and businesses: find, file, follow."""
