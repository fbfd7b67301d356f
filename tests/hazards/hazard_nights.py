"""Whole runs over real HTTP on small portals made for one hazard, and what the warehouse then says.

A `Night` is a portal, what the registry says of it, and a home folder. Requests go to the portal whatever host an address names
(ETL_CONNECT_TO), so that sources have the host names, schemes and families of real ones.
"""

import contextlib
import ssl
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
import stamina
import trustme
from family_hosts import FAMILY

from etl import pipeline
from etl.run import open_run
from etl.schema import TABLES
from etl.sources import Source, load_source
from sample.content import Content
from sample.seed import FullSite, full_site
from sample.seed_texts import Body, report_lines, signature
from sample.server import SamplePortal

STAGES = pipeline.STAGES
BASE = "http://www.yunhe.test"
DEPARTMENTS = "002017002"
JUSTICE = Body("JB0", "department", "云河区司法局", "云河区司法局", "公共法律服务")
DISTRICT = Body("JA0", "district", "云河区人民政府", "云河区", "法治建设")


def source_of(base_url=BASE, family="epoint-static", entries=("/xxgk/002017/",), **fields):
    """A registry entry, with the words of real ones; `entries` are paths, or tables as in sources.toml."""
    registry = load_source("jingan")
    shared = {name: getattr(registry, name) for name in ("drop_query", "title_include", "title_maybe", "title_exclude", "click_path")}
    values = {
        "name": "town", "title": "某区", "base_url": base_url, "scheme_policy": urlsplit(base_url).scheme, "family": family,
        "city": "临江市", "district": "云河区", "invented": True, "min_interval_s": 0, "jitter_s": 0, "max_requests": 500,
        "enabled": True, "status": "verified", "checked_at": date(2025, 6, 1), **shared,
        "entries": [{"path": entry} if isinstance(entry, str) else entry for entry in entries], **fields,
    }  # fmt: skip
    return Source.model_validate(values)


def source_of_family(site, **fields):
    """What the registry would say of a small site of `sample.families`."""
    return source_of(f"http://{site.host}", FAMILY[site.host], site.entries, **{"district": site.district, **fields})


def empty_site():
    """The columns and interfaces of the made-up district, without an article in them: `publish` fills it."""
    full = full_site((2023,), departments=8, streets=1)
    return FullSite(Content(full.columns, ()), (), BASE)


def report_text(body=JUSTICE, year=2023, signed_on=date(2024, 2, 20)):
    """A report that passes all checks, a line for each paragraph, signed, without its title."""
    return "\n".join([*report_lines(body, year), *signature(body, signed_on)])


def publish(site, path=None, *, number=0, published_on=date(2024, 3, 1), **fields):
    """Put a report (of the 司法局 for 2023 unless `fields` say otherwise) on the site; its path."""
    day = f"{published_on:%Y%m%d}"
    path = path or f"/xxgk/002017/{fields.get('column', DEPARTMENTS)}/{day}/00000000-0000-4000-8000-{number:012}.html"
    told = {"title": "云河区司法局2023年度法治政府建设情况报告", "text": report_text(), "column": DEPARTMENTS, "publisher": JUSTICE.name}
    site.add(path, **{**told, **fields}, published_on=published_on)
    return path


@dataclass
class Night:
    """`settings` are those of a run, in the environment's words; `run` makes one, `sql` asks what came of it."""

    home: Path
    portal: SamplePortal
    source: Source
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, run_id="first", until="publish", **options):
        """All stages up to `until`, in this process; what the last one returns."""
        with self.at_home():
            run = open_run(run_id, self.source.name, **options)
            stages = STAGES[: STAGES.index(until) + 1]
            batches = []
            for stage in stages:
                if stage in ("fetch", "parse"):
                    done = [getattr(pipeline, stage)(run, batch["batch"]) for batch in batches]
                else:
                    done = batches = getattr(pipeline, stage)(run)
            return done

    @contextlib.contextmanager
    def at_home(self):
        """The settings, and a registry that holds this source alone; tries again without waiting."""
        place = {"ETL_HOME": str(self.home), "ETL_CONNECT_TO": self.portal.url.removeprefix("http://"), "ETL_MAX_QUARANTINE_SHARE": "1"}
        with pytest.MonkeyPatch.context() as patch, stamina.set_testing(True, attempts=10, cap=True):
            for name, value in {**place, **self.settings}.items():
                patch.setenv(name, value)
            patch.setattr("etl.run.load_source", lambda name: self.source)
            patch.setattr("etl.pipeline.load_sources", lambda: {self.source.name: self.source})
            yield

    def change(self, **fields):
        """Let the registry say something else of the source."""
        self.source = Source.model_validate({**self.source.model_dump(), **fields})

    def sql(self, statement):
        """What the published warehouse answers; where nothing is published, the files that it would be made of."""
        link = self.home / "warehouse" / "reports.duckdb"
        if link.exists():
            with duckdb.connect(str(link.resolve()), read_only=True) as warehouse:
                return warehouse.execute(statement).fetchall()
        with duckdb.connect() as memory:
            for name in TABLES:
                if files := self._files(name):
                    memory.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files}, union_by_name = true)")
            return memory.execute(statement).fetchall()

    def ops(self, statement):
        """As `sql`, on the ops tables of the last run too that published nothing: ops_run, ops_fetch, ops_listed, ops_quarantine."""
        with duckdb.connect() as memory:
            for name in TABLES:
                files = sorted(str(file) for file in self.home.glob(f"ops/{name}/*.parquet"))
                if files:
                    memory.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files}, union_by_name = true)")
            return memory.execute(statement).fetchall()

    def reports(self, columns="title", where="true"):
        """Rows of dim_report in the order of their revisions."""
        return self.sql(f"SELECT {columns} FROM dim_report WHERE {where} ORDER BY report_year, title, revision")

    def asked(self, path_glob="*"):
        """How often the portal was asked for what matches."""
        return len(self.portal.requests.to(path_glob))

    def _files(self, name):
        if name.startswith("ops_"):
            return sorted(str(file) for file in self.home.glob(f"ops/{name}/*.parquet"))
        staged = sorted(self.home.glob("staging/*/facts"), key=lambda folder: folder.stat().st_mtime)
        return sorted(str(file) for file in staged[-1].glob(f"{name}/*.parquet")) if staged else []


def tls_of(source, ca_file):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(urlsplit(source.base_url).hostname, *source.hosts).configure_cert(context)
    return context
