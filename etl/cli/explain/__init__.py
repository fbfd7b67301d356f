"""Shows how a report was read: its text with every figure marked, and below each sentence what was read by which rule.

`layout` lays a report out as blocks, sentences and pieces; `terminal` and `page` show the same layout on a terminal and as one page of
HTML; `etl.names` gives every code of the vocabulary its name in both languages. Nothing is read here that the parser has not read.
"""
