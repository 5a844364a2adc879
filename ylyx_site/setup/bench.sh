#!/usr/bin/env bash
# Usage: bench.sh [arguments of tests.bench]      Prints the figures of performance, one JSON line each.
#
# PostgreSQL is thrown up as for the tests, but syncs as it does in production: what a commit costs
# is part of what is measured.
set -euo pipefail

if [ -z "${YLYX_TEST_POSTGRES_URL:-}" ] && [ "${1:-}" != --inside ]; then
  exec pg_virtualenv -i '--locale=C.UTF-8 --encoding=UTF8' -o max_connections=300 "$0" --inside "$@"
fi
if [ "${1:-}" = --inside ]; then
  shift
  export YLYX_TEST_POSTGRES_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
fi
exec .venv/bin/python -m tests.bench "$@"
