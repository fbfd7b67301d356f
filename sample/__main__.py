"""`python -m sample`: serve the sample portal until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading

from sample.families import all_sites
from sample.server import SamplePortal


def main() -> int:
    """Serve; 1 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m sample", description="Serve the sample portal on 127.0.0.1 until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8799, help="default 8799; 0 takes any free port")
    parser.add_argument("--families", action="store_true", help="serve a small site of each portal family too, by the Host header")
    arguments = parser.parse_args()
    port, hosts = arguments.port, all_sites() if arguments.families else {}
    try:
        with SamplePortal(port=port, hosts=hosts) as portal:
            print(f"sample portal at {portal.url}/xxgk/xxgk.html (Ctrl-C stops it)", flush=True)
            for host, site in hosts.items():
                print("".join(f"  http://{host}{entry}\n" for entry in site.entries), end="", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()
    except (OSError, OverflowError) as error:
        print(f"error: cannot serve at port {port}: {error}; choose another one with --port", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
