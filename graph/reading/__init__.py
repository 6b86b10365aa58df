"""From files to documents: decoding, zones of a page, sentences."""
