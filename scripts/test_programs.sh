#!/bin/sh
# Install what some tests drive and Python packages cannot bring, where it is missing: a browser with Chinese fonts, PostgreSQL, R.
# For Debian and its kin, as root; elsewhere these tests are skipped with a reason (tests/machine.py).
set -eu
missing=
command -v chromium >/dev/null || missing="$missing chromium"
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v Rscript >/dev/null || missing="$missing r-base-core"
[ -z "$missing" ] && exit 0
echo "installing$missing …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --yes --no-install-recommends $missing >/dev/null
