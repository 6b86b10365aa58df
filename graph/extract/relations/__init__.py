"""What is said: facts between those whom and what a `Reading` has settled."""
