"""Programs of the machine that some tests drive: where they are, and what happens where they are not.

A test that lacks its program is skipped with the reason; under CI it fails instead, since there everything has to be seen.
"""

import os
import shutil
from pathlib import Path

import pytest


def needs(program, *places):
    """The path of a program, from PATH or the first of `places` (globs of absolute paths) that exists."""
    found = shutil.which(program) or next((str(path) for place in places for path in sorted(Path("/").glob(place.lstrip("/")))), None)
    if found is None:
        reason = f"{program} is not on this machine; scripts/test_programs.sh installs what the tests drive (Debian)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def chromium():
    """The path of Chromium."""
    return needs("chromium")


def postgresql():
    """The folder of PostgreSQL's own programs (initdb, pg_ctl, createdb): Debian keeps them off PATH."""
    return Path(needs("initdb", "/usr/lib/postgresql/*/bin/initdb")).resolve().parent
