"""`python -m sample`: serve the sample portal until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading

from sample.server import SamplePortal


def main() -> int:
    """Serve; 1 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m sample", description="Serve the sample portal on 127.0.0.1 until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8799, help="default 8799; 0 takes any free port")
    port = parser.parse_args().port
    try:
        with SamplePortal(port=port) as portal:
            print(f"sample portal at {portal.url}/xxgk/xxgk.html (Ctrl-C stops it)", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()
    except (OSError, OverflowError) as error:
        print(f"error: cannot serve at port {port}: {error}; choose another one with --port", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
