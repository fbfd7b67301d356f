"""Hazards 1 to 13 of portals, each met with by whole runs over HTTP."""

from hazard_nights import empty_site, publish


def test_hazard_01_an_address_with_a_tracking_query_is_the_page_without_it(make_night):
    """`?type=2` twin of one page: one document, two addresses."""
    site = empty_site()
    path = publish(site)
    night = make_night(site)
    night.run(until="facts")
    assert night.reports("source_url") == [(f"http://www.yunhe.test{path}",)]
