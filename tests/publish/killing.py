"""A publication that is killed before each of its steps in turn; what a reader then finds is printed, a line of JSON for each step.

    python killing.py LINK FACTS OPS RUN

A step is what Python's audit hooks tell of the file system (rename, chmod, remove, symlink, open), and the ends of filling and checking.
What a publication removes before it builds is not counted: it is what the one before has left, and would shift the count.
Each publication is a process forked from this one, which has opened no database and so has a single thread.
"""

import json
import os
import signal
import sys
from itertools import count
from pathlib import Path

from etl.publish import build
from etl.publish.duckdb_file import DuckDBFile
from etl.publish.inputs import Inputs

_TOLD = {"open", "os.rename", "os.chmod", "os.remove", "os.symlink", "shutil.rmtree"}


def in_a_fork(work):
    """Run `work` in a forked process; returns its exit status, negative for a signal, and what it returned."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read)
        status = 1
        try:
            os.write(write, json.dumps(work()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, json.loads(said or "null")


def publish(warehouse, inputs, last, steps):
    """Publish and die before step `last`; the steps so far are written to `steps`."""
    seen, folder, is_building = count(1), str(warehouse.link.parent), False

    def step(name):
        if is_building and next(seen) == last:
            steps.write_text(name)
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event, arguments):
        if event in _TOLD and any(str(argument).startswith(folder) for argument in arguments):
            step(f"{event} {Path(str(arguments[0])).name}")

    def after(name, function):
        def call(*arguments):
            nonlocal is_building
            is_building = True
            result = function(*arguments)
            step(f"after {name}")
            return result

        return call

    build.fill, build.check = after("fill", build.fill), after("check", build.check)
    sys.addaudithook(hook)
    warehouse.publish(inputs.run_id, inputs, keep=2)


def look(warehouse):
    """What a reader finds, and what lies in the folder."""
    with warehouse.read() as reader:
        values = [int(row[0]) for row in reader.query("SELECT DISTINCT value FROM reporting.metrics")[1]]
        runs = reader.query("SELECT run_id FROM main.ops_run WHERE metrics IS NOT NULL")[1]
    return {"values": values, "runs": [run for (run,) in runs], "kept": [version.run_id for version in warehouse.versions()]}


def main(link, facts, ops, run):
    warehouse, inputs = DuckDBFile(Path(link)), Inputs(Path(facts), Path(ops), (), run)
    steps = Path(ops) / "step.txt"
    for last in count(1):
        steps.write_text("done")
        status, _ = in_a_fork(lambda last=last: publish(warehouse, inputs, last, steps))
        _, found = in_a_fork(lambda: look(warehouse))
        sys.stdout.write(json.dumps({"before": steps.read_text(), "status": status, "found": found}) + "\n")
        if status != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
