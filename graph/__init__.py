"""A knowledge graph of health-sector governance in Viet Nam, read from Vietnamese reports and official documents."""

__version__ = "0.1.0"
