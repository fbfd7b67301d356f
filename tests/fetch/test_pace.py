"""Turns: one at a time, with a pause, across clients and processes."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from etl.errors import SettingsError
from etl.fetch.pace import Pace

ROOT = Path(__file__).parents[2]


class Clock:
    def __init__(self):
        self.time = 1000.0
        self.waits = []

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_pace(tmp_path, clock):
    return lambda interval_s=2.5, jitter_s=0: Pace(
        tmp_path / "pace" / "town", interval_s, jitter_s, sleep=clock.sleep, now=lambda: clock.time
    )


def take(pace):
    with pace.turn():
        pass


def test_the_first_request_does_not_wait(make_pace, clock):
    take(make_pace())
    assert clock.waits == [0]


def test_the_pause_counts_from_the_end_of_the_last_request(make_pace, clock):
    pace = make_pace()
    with pace.turn():
        clock.time += 10  # a slow answer
    take(pace)
    clock.time += 1
    take(pace)
    clock.time += 60
    take(pace)
    assert clock.waits == [0, 2.5, 1.5, 0]


def test_a_failed_request_counts_too(make_pace, clock):
    pace = make_pace()
    with pytest.raises(ConnectionError), pace.turn():
        raise ConnectionError
    take(pace)
    assert clock.waits == [0, 2.5]


def test_jitter_lengthens_the_pause(make_pace, clock):
    pace = make_pace(jitter_s=1)
    for _ in range(50):
        take(pace)
    assert all(2.5 <= wait <= 3.5 for wait in clock.waits[1:])
    assert len(set(clock.waits[1:])) > 1


def test_another_client_of_the_host_waits_as_well(make_pace, clock):
    take(make_pace())
    take(make_pace())
    assert clock.waits == [0, 2.5]


def test_a_clock_that_was_set_back_makes_no_one_wait_for_long(make_pace, clock):
    take(make_pace())
    clock.time -= 86_400
    take(make_pace())
    assert clock.waits == [0, 2.5]


def test_a_damaged_file_counts_as_none(make_pace, clock, tmp_path):
    (tmp_path / "pace").mkdir()
    (tmp_path / "pace" / "town").write_text("yesterday")
    take(make_pace())
    assert clock.waits == [0]


def test_only_one_request_is_in_flight(make_pace):
    inside, most = 0, 0
    guard = threading.Lock()

    def ask():
        nonlocal inside, most
        for _ in range(20):
            with make_pace(interval_s=0).turn():
                with guard:
                    inside += 1
                    most = max(most, inside)
                with guard:
                    inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_killed_process_gives_its_turn_back(make_pace, clock, tmp_path):
    code = "import pathlib, sys; from etl.fetch.pace import Pace; turn = Pace(pathlib.Path(sys.argv[1]), 0, 0).turn(); "
    code += "turn.__enter__(); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "pace" / "town")], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"1\n"
        holder.kill()
    take(make_pace())
    assert clock.waits == [0]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"cannot write .*file/town: File exists"):
        take(Pace(tmp_path / "file" / "town", 0, 0))
