"""From a document to what it says: mentions, their referents, and the relations between them."""
