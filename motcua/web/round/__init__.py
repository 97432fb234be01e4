"""The postman on his round, and the post office that sends him."""
