#!/usr/bin/env bash
# Usage: browser.sh NODE_DIRECTORY      Unpacks the locked headless Chromium to .cache/chromium.
# The package unpacks into TMPDIR, a path shared by everybody on the machine: give it one of our own.
set -euo pipefail
mkdir -p .cache
rm -f .cache/chromium

export TMPDIR="$PWD/.cache"
PATH="$PWD/.venv-node/bin:$PATH"
cd "$1"
node --input-type=module -e '
  import chromium from "@sparticuz/chromium";
  chromium.setGraphicsMode = true;
  await chromium.executablePath();'
touch "$TMPDIR/chromium"  # newer than the package, so that make is content
