"""`python -m sample`: serve the sample portal until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading
from pathlib import Path

from sample.families import all_sites
from sample.scenarios import ScenarioError
from sample.seed import full_site
from sample.server import SamplePortal


def main() -> int:
    """Serve; 1 when the port is taken or the scenario file is wrong."""
    arguments = _arguments()
    hosts = all_sites() if arguments.families else {}
    site = full_site() if arguments.full else None
    portal = SamplePortal(arguments.port, site, hosts, secure_port=arguments.secure_port, redirects=arguments.redirect)
    portal.latency_s = (0, arguments.latency)
    try:
        if arguments.scenario:
            portal.play(arguments.scenario)
    except (ScenarioError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    try:
        with portal:
            print(f"sample portal at {portal.url}/xxgk/xxgk.html (Ctrl-C stops it)", flush=True)
            for host, site in hosts.items():
                print("".join(f"  http://{host}{entry}\n" for entry in site.entries), end="", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()
    except (OSError, OverflowError) as error:
        print(f"error: cannot serve at port {arguments.port}: {error}; choose another one with --port", file=sys.stderr)
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sample", description="Serve the sample portal on 127.0.0.1 until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8799, help="default 8799; 0 takes any free port")
    parser.add_argument("--full", action="store_true", help="serve the full made-up district: 41 bodies, 2019 to 2025")
    parser.add_argument("--families", action="store_true", help="serve a small site of each portal family too, by the Host header")
    parser.add_argument("--secure-port", type=int, help="a second port, which stands for https (plain here; tests give it a certificate)")
    parser.add_argument("--redirect", action="store_true", help="the first port answers 301 to the second")
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="what goes wrong on purpose: see sample/scenarios.example.toml")
    parser.add_argument("--latency", type=float, default=0, metavar="SECONDS", help="answer after up to so many seconds")
    arguments = parser.parse_args()
    if arguments.redirect and arguments.secure_port is None:
        parser.error("--redirect needs --secure-port")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
