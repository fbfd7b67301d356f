"""Bodies: to come."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.reading import Reader
from etl.report.pages import BODIES, Page, Words, body_path


def pages(reader: Reader) -> Iterator[Page]:
    """The pages of this kind."""
    yield Page(BODIES, Words("机构", "Bodies"), "plain.html.jinja", {}, "bodies")
    for one in reader.rows("SELECT organization_id, name FROM main.dim_organization"):
        yield Page(body_path(one["organization_id"]), Words(one["name"], one["name"]), "plain.html.jinja", {}, "bodies")
