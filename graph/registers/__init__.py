"""The lists that extraction works with: registers (CSV), lexicon and rules (YAML), and the terms of `ontology.ttl`."""
