"""The stages of a run, in order. The DAG's tasks and the command line call these functions and nothing else.

    discover -> fetch -> archive -> parse -> facts -> validate -> publish -> report

What they return is small (batches, counts, paths); data stays in the files of `etl.staging`. Left of the archive is the network,
and it runs now; from `archive` on everything is a function of the archive and the code, and any stage may run twice.
"""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from etl.errors import StageError
from etl.facts import attachments
from etl.facts.amend import Amendments
from etl.facts.corrections import load_corrections
from etl.facts.stage import build_facts
from etl.fetch import discover_candidates, fetch_candidates
from etl.listed import Listed
from etl.models import Candidate
from etl.ops import quarantine_row
from etl.parse.gather import File
from etl.parse.stage import parsed_row
from etl.run import Run, stage
from etl.settings import PROJECT_DIR
from etl.sources import Source, is_open, judge_title, load_sources
from etl.sources.season import why_not_due
from etl.staging import Batch, Row
from etl.storage import local_copy

log = logging.getLogger(__name__)

STAGES = ("discover", "fetch", "archive", "parse", "facts", "validate", "publish")
_KEPT_STAGINGS = 3


@stage
def discover(run: Run) -> list[Batch]:
    """List the portal's pages and return the batches of addresses to fetch; none when a scheduled run finds the source not due.

    Raises:
        FetchError: the portal is unreachable, refuses us, or lists no report.
    """
    run.ops.update_run(run.run_id, source=run.source_name, state="running", ended_at=None, error=None)
    asked_at = run.ops.last_asked(run.source_name)
    if run.is_scheduled and (reason := why_not_due(run.source, asked_at, datetime.now(UTC))):
        log.info("%s: nothing is asked", reason)
        return run.staging.split("candidates", [], run.settings.batch_size, "district")
    listed = Listed(run.ops, run.source_name)
    unread: list[str] = []
    with run.client() as client:
        found = discover_candidates(run.source, client, listed.rejected(), unread)
    listed.replace(found, run.run_id)
    run.staging.write("listed", "all", [dataclasses.asdict(candidate) for candidate in found])
    reports = [dataclasses.asdict(candidate) for candidate in found if candidate.is_report]
    reports.sort(key=lambda row: (row["district"], row["url"]))
    reasons = Counter(candidate.reason for candidate in found if not candidate.is_report)
    remembered = sum(candidate.way == "archive" for candidate in found)
    log.info("%d items listed, %d reports; others: %s; %d known and listed no more", len(found), len(reports), dict(reasons), remembered)
    counts = {"listed": len(found) - remembered, "candidates": len(reports)}
    run.ops.update_run(run.run_id, **counts, unread_lists="\n".join(unread) or None)
    return run.staging.split("candidates", reports, run.settings.batch_size, "district")


@stage
def fetch(run: Run, batch: str) -> dict[str, int]:
    """Fetch one batch of addresses, conditionally, into the archive. Returns answers by status: {"200": 3, "304": 12}.

    Raises:
        FetchError: the portal is unreachable or refuses us; what was received until then is archived.
    """
    candidates = [Candidate(**row) for row in run.staging.read("candidates", batch)]
    with run.client() as client:
        statuses = Counter(str(answer.status) for answer in fetch_candidates(candidates, client))
    log.info("%s: %s", batch, dict(statuses))
    return dict(statuses)


@stage
def archive(run: Run) -> list[Batch]:
    """Take stock of the archive: every distinct body of every address, of all sources, and return batches to parse.

    Raises:
        ArchiveError: the manifest is damaged.
    """
    if alone := run.archive.settle():
        log.info("%d answers that stood alone in the store are put together", alone)
    answers = run.keep_answers()
    articles = Counter(answer.status for answer in answers if answer.page == "article")
    run.ops.update_run(run.run_id, source=run.source_name, fetched=articles[200], not_modified=articles[304])
    gone_after = {source.name: source.gone_after for source in load_sources().values()}
    versions = run.archive.inventory(gone_after=gone_after)
    if not versions:
        hint = "run discover and fetch first, or see in their log what the portal answered"
        raise StageError(f"the archive {run.settings.archive_dir} holds no article: {hint}")
    log.info("%d versions of %d addresses", len(versions), len({version.url for version in versions}))
    return run.staging.split("versions", map(dataclasses.asdict, versions), run.settings.batch_size, "district")


@stage
def parse(run: Run, batch: str) -> dict[str, int]:
    """Read one batch of archived pages. A page that cannot be read becomes a row with its reason, not an error.

    Raises:
        ArchiveError: bytes are missing from the archive or do not match their hash.
    """
    sources = load_sources()
    versions = run.staging.read("versions", batch)
    rows = [_parsed_row(run, version, sources.get(version["source"])) for version in versions]
    run.staging.write("parsed", batch, rows)
    unread = sum(row["reason"] is not None for row in rows)
    return {"read": len(rows) - unread, "unread": unread}


@stage
def facts(run: Run) -> dict[str, int]:
    """Turn all parsed reports into rows of the warehouse's tables; number revisions; quarantine what could not be read.

    A page that is no report is quarantined if its title said that it is one; where the title left it open, or its whole title says
    otherwise, it is listed as none.
    """
    sources = load_sources()
    territories = {(source.name, entry.district): entry.territory for source in sources.values() for entry in source.entries}
    amendments = Amendments(load_corrections())
    counts, refused = build_facts(run.staging, territories, amendments)
    for name, reason in amendments.expired.items():
        log.warning("correction %s has expired, %s: look whether the source was mended, then remove it", name, reason)
    if amendments.unmet:
        log.warning("corrections of reports that this run does not have: %s", ", ".join(amendments.unmet))
    no_reports = {row["source_url"] for row in refused if row["rule"] == "not_a_report"}
    excluded = {row["source_url"] for row in refused if row["rule"] == "excluded_title"}
    rejected = {url for name in sources for url in Listed(run.ops, name).judge(no_reports, excluded)}
    refused = [row for row in refused if row["source_url"] not in rejected]
    run.ops.write("ops_quarantine", run.run_id, [quarantine_row(run.run_id, "parse", row) for row in refused])
    parsed = (row for batch in run.staging.batches("parsed") for row in run.staging.read("parsed", batch, attachments.NARROW))
    run.ops.write("ops_attachment", "all", attachments.attachment_rows(parsed))
    return {**counts, "quarantined": len(refused)}


@stage
def validate(run: Run) -> dict[str, int]:
    """Check the facts with Great Expectations; quarantine reports that fail a critical expectation.

    Raises:
        ValidationStop: too much failed, or a critical rule about the whole run did. Results are recorded before.
    """
    from etl.validate import judge, run_checks

    unread = [row for row in run.ops.read("ops_quarantine", run.run_id) if row["stage"] == "parse"]
    with local_copy(run.staging.folder / "facts", run.settings.copies_dir) as facts_dir:
        verdict = run_checks(facts_dir, expectations_dir=PROJECT_DIR / "expectations")
    refused = [quarantine_row(run.run_id, "validate", row) for row in verdict.quarantine]
    run.ops.write("ops_quarantine", run.run_id, unread + refused)
    run.ops.write("ops_validation", run.run_id, [{"run_id": run.run_id, **row} for row in verdict.results])
    quarantined = len(unread) + len(verdict.quarantined_reports)
    run.ops.update_run(run.run_id, quarantined=quarantined, warnings=verdict.warnings)
    judge(
        verdict,
        max_quarantine_share=run.settings.max_quarantine_share,
        already_quarantined=len(unread),
        previous_reports=run.ops.last_published(but=run.run_id).get("reports"),
    )
    run.ops.update_run(run.run_id, state="validated")
    return {"checked": len(verdict.results), "warnings": verdict.warnings, "quarantined": quarantined}


@stage
def publish(run: Run) -> dict[str, Any]:
    """Build the new warehouse, check it, swap the link. Returns counts and the path of the link.

    Raises:
        StageError: the run is not validated.
        PublishError: the new file could not be built or did not pass its checks; the last one stays.
    """
    from etl.publish.inputs import Inputs
    from etl.publish.warehouses import open_warehouse

    rows = run.ops.read("ops_run", run.run_id)
    if not rows or rows[0]["state"] not in {"validated", "published"}:
        raise StageError(f"run {run.run_id} is not validated: run `validate` first")
    quarantine = run.ops.read("ops_quarantine", run.run_id)
    excluded = {row["report_id"] for row in quarantine if row["report_id"] is not None}
    warehouse, copies = open_warehouse(run.settings), run.settings.copies_dir
    with local_copy(run.staging.folder / "facts", copies) as facts_dir, local_copy(run.settings.ops_dir, copies) as ops_dir:
        inputs = Inputs(facts_dir, ops_dir, excluded, run.run_id)
        counts = warehouse.publish(run.run_id, inputs, keep=run.settings.keep_versions)
    facts_of_run = {name: counts[name] for name in ("reports", "measures", "metrics")}
    row = run.ops.update_run(run.run_id, state="published", ended_at=datetime.now(UTC), **facts_of_run)
    run.staging.prune(_KEPT_STAGINGS)
    return {**counts, "quarantined": row["quarantined"], "warnings": row["warnings"], "warehouse": warehouse.describe()}


def report(run: Run) -> dict[str, int]:
    """Make the picture book of the published warehouse, in the place of the last one. Returns the pages of each kind.

    It is no stage of the run in ops_run: the night is published whether its book can be written or not.

    Raises:
        QueryError: there is no warehouse yet.
        StageError: the book's folder cannot be written; the last book stays.
    """
    from etl.publish.warehouses import open_warehouse
    from etl.report.book import write_book

    with open_warehouse(run.settings).read() as reader:
        return write_book(reader, run.settings.report_dir)


def _parsed_row(run: Run, version: Row, source: Source | None) -> Row:
    row = parsed_row(version, run.archive.read(version["raw_sha256"]), source, list(_files(run, version)))
    if source is not None and row["reason"] is None and is_open(source, version["title"] or ""):
        why = judge_title(source, row["title"]).reason or ""
        if why.startswith("excluded:"):
            return row | {"reason": "excluded_title", "message": f"“{row['title']}” is not the title of a report ({why})"}
    return row


def _files(run: Run, version: Row) -> Iterator[File]:
    for one in version["attachments"] or ():
        yield File(one["url"], one["title"], one["content_type"], one["sha256"], run.archive.read(one["sha256"]))
