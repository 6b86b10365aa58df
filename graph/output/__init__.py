"""The folder that a build writes: what it notes of itself, how it is read, how one takes the place of another."""
