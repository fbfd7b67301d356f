"""### 法治政府建设情况报告 · nightly ingest.

Lists the portal, fetches what is new, reads every archived report into facts, checks them, and publishes a new warehouse.

| task | what it does | when it fails |
|---|---|---|
| `discover` | lists the portal's pages | portal down, blocked, or a list is empty: look at it in a browser, **start a new run** later. |
| `fetch` | conditional requests, one batch a task, one at a time | as above; what was received is archived. **Start a new run.** |
| `archive` | takes stock of all archived pages | the manifest is damaged: its message names the line. |
| `parse` | reads pages, one batch a task | archived bytes are missing or altered. A page that cannot be read only goes to quarantine. |
| `facts` | rows of the warehouse's tables, revisions | the registry lacks a district that the archive has. |
| `validate` | Great Expectations; quarantine | too much failed: **the last warehouse stays**; `python -m etl status` lists the reasons. |
| `publish` | builds a new file, checks it, swaps the link | disk full, or the rows break the schema. Readers keep the last warehouse. |

**Triage.** `discover` and `fetch` run *now*: do not clear them for an old date, start a new run. From `archive` on a task is a
function of the archive and the code: after a mend, clear it and everything downstream. Nothing is ever lost by running again.
The event of the asset *warehouse* carries the counts of each publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, get_current_context, task

if TYPE_CHECKING:
    from etl.pipeline import Run
    from etl.staging import Batch

WAREHOUSE = Asset("warehouse", extra={"zh": "已发布的数据仓库", "en": "the published warehouse"})


def _run() -> Run:
    from etl.pipeline import open_run

    context = get_current_context()
    return open_run(context["run_id"], context["params"]["source"], context["params"]["refetch"])


def _name_after(batch: Batch) -> None:
    """Let the mapped task carry the batch's label in the UI."""
    context: Any = get_current_context()
    context["batch_label"] = batch["label"]


@task
def discover() -> list[Batch]:
    from etl import pipeline

    return pipeline.discover(_run())


@task(map_index_template="{{ batch_label }}", max_active_tis_per_dagrun=1)
def fetch(batch: Batch) -> dict[str, int]:
    from etl import pipeline

    _name_after(batch)
    return pipeline.fetch(_run(), batch["batch"])


@task
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
            description="Entry of the source registry (etl/sources.toml); empty: the setting ETL_SOURCE.",
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
    parse.expand(batch=archived) >> facts() >> validate() >> publish()


nightly_ingest_dag = nightly_ingest()
