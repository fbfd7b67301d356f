"""The sample, published once for a whole test session: what tests of queries, exports, pages and connections read. Nobody writes to it."""

import fcntl

from sample.server import SamplePortal
from tests.whole_runs import Night

RUN = "published-sample"


def published_sample(tmp_path_factory, worker_id):
    """The home folder (ETL_HOME) of one whole run over the sample portal; with several test processes, one makes it for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    home = shared / "published-sample"
    with (shared / "published-sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "warehouse" / "reports.duckdb").exists():
            with SamplePortal(port=0) as portal:
                Night(home, portal).run(RUN)
    return home
