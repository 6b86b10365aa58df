"""What is read off a finished graph: what happened when, and which province or ministry carried which directive out."""
