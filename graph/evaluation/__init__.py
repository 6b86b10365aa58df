"""Measure a build against gold annotations: what it found, missed and got wrong, and how far its confidence can be trusted."""
