"""A PostgreSQL of the tests' own, on a free port of 127.0.0.1, in a folder that is gone afterwards.

Everybody may connect as `lake`; the role `guarded` needs the password `geheim`. Nothing is synced to disk.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.machine import postgresql

PASSWORD = "geheim"
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB", "max_connections=50")


@dataclass(frozen=True)
class Postgres:
    """A running server; `folder` is its own."""

    programs: Path
    folder: Path
    port: int

    def words(self, database, user="lake"):
        """libpq's words for a database."""
        return f"dbname={database} host=127.0.0.1 port={self.port} user={user}"

    def create(self):
        """A new database; its words."""
        name = f"lake_{uuid.uuid4().hex[:8]}"
        self.sql(f"CREATE DATABASE {name}")
        return self.words(name)

    def sql(self, statement, words=None):
        """What a statement prints, one line a row."""
        command = [self.programs / "psql", words or self.words("postgres"), "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


@contextmanager
def running_postgres():
    """The server, until the end of the block. PostgreSQL refuses to run as root: there it runs as one who may do nothing else."""
    programs = postgresql()
    folder = Path(tempfile.mkdtemp(prefix="postgres-of-tests-"))
    somebody = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        somebody = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(program, *arguments):
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        with (folder / f"{program}.log").open("w") as log:
            command = [programs / program, "-D", folder / "data", *arguments]
            subprocess.run(command, check=True, cwd=folder, env=environment, stdout=log, stderr=log, timeout=60, **somebody)

    try:
        run("initdb", "-A", "trust", "-U", "lake", "-E", "UTF8", "--no-sync")
        (folder / "data" / "pg_hba.conf").write_text("host all guarded 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n")
        port = _free_port()
        options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *_SETTINGS]
        run("pg_ctl", "-w", "-l", folder / "server.log", "-o", " ".join(f"-c {option}" for option in options), "start")
        try:
            server = Postgres(programs, folder, port)
            server.sql(f"CREATE ROLE guarded LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
            yield server
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
