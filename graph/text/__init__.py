"""Shapes in Vietnamese text, without any list of names: normal forms, dates, document numbers, personal names, sentences."""
