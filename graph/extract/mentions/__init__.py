"""What is named: documents, persons, titles, bodies, meetings, awards, places and dates, each by the words around it alone."""
