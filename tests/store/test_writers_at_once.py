"""Several processes put answers into a store at once, one of them is killed, and another puts them together all the time."""

import subprocess
import sys
from collections import Counter

from etl import storage
from etl.archive import Archive
from etl.settings import PROJECT_DIR
from etl.storage import open_store

LINES = 60
WRITER = f"""
import sys
from etl.archive import Archive
from etl.models import Answer
from etl.storage import open_store

archive = Archive(open_store(sys.argv[1]) / "archive")
for number in range({LINES}):
    url = f"http://portal/{{sys.argv[2]}}/{{number}}"
    archive.put(Answer(url, url, "2024-03-25T01:00:00+00:00", 200, "town", "云河区", "article", sys.argv[2]), f"{{number}}".encode())
    print(number, flush=True)
"""


def start(store, name):
    return subprocess.Popen([sys.executable, "-c", WRITER, store, name], cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True)


def test_nothing_is_lost_or_doubled(store):
    root = open_store(store) / "archive"
    writers = {name: start(store, name) for name in ("a", "b", "killed")}
    told = [next(writers["killed"].stdout) for _ in range(LINES // 3)]
    writers["killed"].kill()
    told += list(writers["killed"].stdout)
    settled = 0
    while any(writers[name].poll() is None for name in "ab"):
        settled += Archive(root).settle() > 1
        counts = Counter(answer.url for answer in Archive(root).answers())
        assert set(counts.values()) <= {1}
    assert settled
    assert [writers[name].wait() for name in "ab"] == [0, 0]
    Archive(root).settle()
    kept = list(Archive(root).answers())
    for name in "ab":
        assert [each.url for each in kept if each.run_id == name] == [f"http://portal/{name}/{number}" for number in range(LINES)]
    of_killed = [each.url for each in kept if each.run_id == "killed"]
    assert of_killed == [f"http://portal/killed/{number}" for number in range(len(of_killed))]
    assert len(told) <= len(of_killed) <= len(told) + 1, "what was reported as kept is there"
    assert Archive(root).verify() == []
    assert len(storage.walk(root / "raw")) == LINES, "equal bodies of all are kept once"
