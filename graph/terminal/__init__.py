"""How answers look on a terminal: signs, tables, trees. Reads values of the query floor, gives lines of text."""
