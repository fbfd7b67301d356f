"""The only room that touches the network: it lists a portal's pages and brings answers into the archive, politely.

In: a source of the registry. Out: candidates (what the lists offer) and answers in the archive. Pages are not read here
beyond the links of lists.
"""

from etl.fetch.articles import fetch_candidates
from etl.fetch.asks import Ask, Fetched
from etl.fetch.client import PoliteClient
from etl.fetch.discover import discover_candidates

__all__ = ["Ask", "Fetched", "PoliteClient", "discover_candidates", "fetch_candidates"]
