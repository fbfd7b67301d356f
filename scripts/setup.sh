#!/bin/sh
# Make .venv with the locked, hashed packages of a requirements file. Does nothing when that is done already.
#
# usage: scripts/setup.sh run|dev        PYTHON=/path/to/python3.12 chooses the interpreter
#
# uv installs (from PATH, or put into .venv from requirements-uv.txt); where uv has no build for the machine, pip does.
# The bytecode is compiled at once: Airflow and Great Expectations start three times faster with it.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE || true

case "${1:-}" in
    run) requirements=requirements.txt ;;
    dev) requirements=requirements-dev.txt ;;
    *) echo "usage: scripts/setup.sh run|dev" >&2; exit 2 ;;
esac

stamp_of() { echo ".venv/.installed-$(cksum <"$1" | tr ' ' '-')"; }
# the development set holds everything of the other one
if [ -e "$(stamp_of "$requirements")" ] || [ -e "$(stamp_of requirements-dev.txt)" ]; then
    exit 0
fi

is_supported() {
    "$1" -c 'import sys, ensurepip, sqlite3, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}
found=
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if is_supported "$candidate"; then
        found=$candidate
        break
    fi
done
if [ -z "$found" ]; then
    seen=$("${PYTHON:-python3}" --version 2>&1 | head -n 1 || true)
    echo "error: Python 3.11, 3.12 or 3.13 (with venv and sqlite3) is needed; ${PYTHON:-python3} is: ${seen:-not there}." >&2
    echo "       Install one, or name it: make ${MAKE_GOAL:-run} PYTHON=/path/to/python3.12" >&2
    exit 1
fi

rm -f .venv/.installed-*
if [ ! -x .venv/bin/python ] || ! is_supported .venv/bin/python; then
    rm -rf .venv
    "$found" -m venv .venv
fi
echo "setting up .venv with $(.venv/bin/python --version) from $requirements (once) …"
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
uv=$(command -v uv || true)
if [ -z "$uv" ] && .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt 2>/dev/null; then
    uv=.venv/bin/uv
fi
if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r "$requirements"
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile -r "$requirements"
fi
: >"$(stamp_of "$requirements")"
