"""Walks through the lists of family sites, over HTTP."""

from urllib.parse import urljoin


def urls(site, column=None):
    return [site.url(each) for each in site.documents if column is None or site.column_of(each) == column]


def items(reply, site, target):
    """The absolute addresses of a list page's links to documents, in their order."""
    known = set(urls(site))
    hrefs = [node.attributes["href"] for node in reply.html.css("a[href]")]
    return [url for href in hrefs if (url := urljoin(f"http://{site.host}{target}", href)) in known]


def walk(visit, site, targets):
    """The documents on these pages of a list, each of which has some."""
    found = []
    for target in targets:
        reply = visit(target)
        shown = items(reply, site, target)
        assert reply.status == 200
        assert shown, target
        found += shown
    return found
