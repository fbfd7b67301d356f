"""### 法治政府建设情况报告 · nightly ingest.

Lists the portal, fetches what is new, reads every archived report into facts, checks them, publishes a new warehouse, and makes
its picture book.

| task | what it does | when it fails |
|---|---|---|
| `discover` | lists the portal's pages; nothing, if the source is not due | down: tried again by itself, three times. Blocked, or an \
empty list: look at it in a browser, **start a new run** later. |
| `fetch` | conditional requests, one batch a task, one at a time | as above; what was received is archived. **Start a new run.** |
| `archive` | takes stock of all archived pages | the manifest is damaged: its message names the line. |
| `parse` | reads pages, one batch a task | archived bytes are missing or altered. A page that cannot be read only goes to quarantine. |
| `facts` | rows of the warehouse's tables, revisions | the registry lacks a district that the archive has. |
| `validate` | Great Expectations; quarantine | too much failed: **the last warehouse stays**; `python -m etl status` lists the reasons. |
| `publish` | builds a new file, checks it, swaps the link | disk full, or the rows break the schema. Readers keep the last warehouse. |
| `report` | makes the picture book (图册) of the published warehouse | its folder cannot be written. **The night is published all the \
same**: mend the cause, clear this task; the last book stays meanwhile. |

**The portal's pool.** Both tasks that ask the portal run in the pool `portal`, which must exist with one slot: \
`airflow pools set portal 1 "one task at a time asks a portal"`. A portal that refuses us (403, 412, 429, a challenge page) fails the \
task at once and is not asked again before the time that the message names; 5xx and timeouts are tried again after 10, 20, 40 minutes.

**Triage.** `discover` and `fetch` run *now*: do not clear them for an old date, start a new run. From `archive` on a task is a
function of the archive and the code: after a mend, clear it and everything downstream. Nothing is ever lost by running again.
The event of the asset *warehouse* carries the counts of each publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import (
    Asset,
    CronTriggerTimetable,
    ExceptionRetryPolicy,
    Param,
    RetryAction,
    RetryRule,
    dag,
    get_current_context,
    task,
)

from etl.errors import EtlError, PortalUnreachable

if TYPE_CHECKING:
    from etl.run import Run
    from etl.staging import Batch

# The first rule that matches decides: a portal that is ill may be well later, everything else that we raise needs a person.
_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=PortalUnreachable, action=RetryAction.RETRY, reason="the portal is down: again later"),
        RetryRule(exception=EtlError, action=RetryAction.FAIL, reason="asking again would not help"),
    ]
)
_ASKS_PORTAL: dict[str, Any] = {
    "pool": "portal",
    "retries": 3,
    "retry_delay": pendulum.duration(minutes=10),
    "retry_exponential_backoff": 2,
    "max_retry_delay": pendulum.duration(minutes=60),
    "retry_policy": _POLICY,
}

WAREHOUSE = Asset("warehouse", extra={"zh": "已发布的数据仓库", "en": "the published warehouse"})


def _run() -> Run:
    from etl.run import open_run

    context = get_current_context()
    params = context["params"]
    is_scheduled = context["dag_run"].run_type == "scheduled"
    return open_run(context["run_id"], params["source"], params["refetch"], is_scheduled=is_scheduled)


def _name_after(batch: Batch) -> None:
    """Let the mapped task carry the batch's label in the UI."""
    context: Any = get_current_context()
    context["batch_label"] = batch["label"]


@task(multiple_outputs=False, **_ASKS_PORTAL)
def discover() -> list[Batch]:
    from etl import pipeline

    return pipeline.discover(_run())


@task(map_index_template="{{ batch_label }}", max_active_tis_per_dagrun=1, **_ASKS_PORTAL)
def fetch(batch: Batch) -> dict[str, int]:
    from etl import pipeline

    _name_after(batch)
    return pipeline.fetch(_run(), batch["batch"])


@task(trigger_rule="none_failed")  # also when the source was not due, and nothing was fetched
def archive() -> list[Batch]:
    from etl import pipeline

    return pipeline.archive(_run())


@task(map_index_template="{{ batch_label }}")
def parse(batch: Batch) -> dict[str, int]:
    from etl import pipeline

    _name_after(batch)
    return pipeline.parse(_run(), batch["batch"])


@task
def facts() -> dict[str, int]:
    from etl import pipeline

    return pipeline.facts(_run())


@task
def validate() -> dict[str, int]:
    from etl import pipeline

    return pipeline.validate(_run())


@task(outlets=[WAREHOUSE])
def publish(outlet_events: Any = None) -> dict[str, Any]:
    from etl import pipeline

    counts = pipeline.publish(_run())
    outlet_events[WAREHOUSE].extra = counts
    return counts


@task
def report() -> dict[str, int]:
    from etl import pipeline

    return pipeline.report(_run())


@dag(
    dag_display_name="法治政府建设情况报告 · nightly ingest",
    schedule=CronTriggerTimetable("30 2 * * *", timezone="Asia/Shanghai"),
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai"),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["reports", "报告"],
    params={
        "source": Param(
            None,
            type=["null", "string"],
            title="来源 Source",
            description="Entry of the source registry (etl/sources/sources.toml); empty: the setting ETL_SOURCE.",
            examples=["sample", "jingan"],
        ),
        "refetch": Param(
            False,
            type="boolean",
            title="全部重新抓取 Full re-fetch",
            description="Ask for every page anew, without conditional requests. The archive still keeps each text once.",
        ),
    },
)
def nightly_ingest() -> None:
    archived = archive()
    fetch.expand(batch=discover()) >> archived
    parse.expand(batch=archived) >> facts() >> validate() >> publish() >> report()


nightly_ingest_dag = nightly_ingest()
