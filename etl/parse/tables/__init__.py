"""Tables that were flattened to lines.

`lines` says which lines are rows, `cells` what stands in a cell, `stacked` and `grid` how the cells make rows and columns, `heads`
what the columns hold, `names` what the figures are called, and `read` puts it together.
"""
