"""The five acts over real HTTP, everything on, against raw SQL of the same work in the same run."""
