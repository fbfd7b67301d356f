"""A family site behind the portal, asked by its host name."""

import pytest


@pytest.fixture
def serve(portal, ask):
    """`visit = serve(site)`; `visit(path)` asks over HTTP with the site's host name, `visit(url)` too."""

    def serve(site):
        portal.hosts[site.host] = site
        return lambda target, **how: ask(target.removeprefix(f"http://{site.host}"), Host=site.host, **how)

    return serve
