"""The faces: pages for people. No tables; they call queries, actions and acts."""
