"""From what single sources say to entities that stand for all of them, and statements about these."""
