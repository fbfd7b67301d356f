"""From the annual reports on law-based government (法治政府建设情况报告) to a DuckDB warehouse.

The stages, one folder each, in the order in which data flows:
fetch -> archive -> parse -> facts -> validate -> publish; `pipeline` joins them for the DAG and the command line.
"""

__version__ = "0.1.0"
