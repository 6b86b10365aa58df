"""Ask a built graph: SPARQL, named queries, cascades of directives, people, meetings, and whether the graph is sound."""
