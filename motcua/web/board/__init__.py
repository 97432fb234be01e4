"""The province's control of the whole, and the administration of the system."""
