#!/usr/bin/env bash
# Usage: test.sh [pytest arguments]      Runs the tests against SQLite, PostgreSQL and a real browser.
#
# pg_virtualenv throws up a PostgreSQL of our own for the time of one command, and works as root.
# Nothing in it has to outlive a crash: no fsync. Without the locale it would be SQL_ASCII.
set -euo pipefail

# Without a Chinese font every browser test would pass, and every screenshot be boxes.
fc-list :lang=zh | grep -q . || { echo '没有中文字体 · no Chinese font' >&2; exit 1; }

if [ -z "${YLYX_TEST_POSTGRES_URL:-}" ] && [ "${1:-}" != --inside ]; then
  exec pg_virtualenv -i '--locale=C.UTF-8 --encoding=UTF8' -o fsync=off -o synchronous_commit=off \
    -o full_page_writes=off -o max_connections=300 "$0" --inside "$@"
fi
if [ "${1:-}" = --inside ]; then
  shift
  export YLYX_TEST_POSTGRES_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
fi
export YLYX_CHROMIUM="${YLYX_CHROMIUM:-$PWD/.cache/chromium}"
exec .venv/bin/python ${YLYX_COVERAGE:+-m coverage run} -m pytest -n "${YLYX_TEST_WORKERS:-2}" "${@:-tests}"
