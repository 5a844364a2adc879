#!/usr/bin/env bash
# Resolves the requirements of pyproject.toml anew, for every platform and with hashes. The header is
# left out since it would name the machine's own package index.
set -euo pipefail
.venv/bin/uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet uv
lock() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header "$@"; }
lock --upgrade pyproject.toml -o ylyx_site/setup/requirements.txt
lock --upgrade pyproject.toml --extra test -o ylyx_site/setup/requirements-test.txt
