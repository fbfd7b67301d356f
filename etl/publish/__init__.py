"""Publication: facts become a new DuckDB file, are checked, and the published link is swapped to it."""
