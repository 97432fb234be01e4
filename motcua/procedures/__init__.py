"""The law in force in this installation: the published values of its pack."""
