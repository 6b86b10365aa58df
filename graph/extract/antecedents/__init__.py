"""Who and what is meant: day, place, people and documents of a source, settled once into a frozen `Reading`."""
