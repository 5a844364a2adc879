#!/usr/bin/env bash
# Brings the database up to date and, in a demo, fills it: both do nothing the second time, but take
# seconds to find out. So a note remembers the day and the migrations it was done for; it vouches
# only for our own SQLite file, and only for one day, as the demo's dates are relative to today.
set -euo pipefail
own=instance/ylyx.sqlite3 note=instance/prepared
today="$(date +%F) $(cat ylyx_site/migrations/versions/*.py | sha256sum)"

if [ -z "${YLYX_DATABASE_URL:-}" ] && [ -f $own ] && [ "$(cat $note 2>/dev/null)" = "$today" ]; then
  exit 0
fi
.venv/bin/flask --app wsgi db upgrade
if [ "$YLYX_MODE" = demo ]; then .venv/bin/flask --app wsgi demo; fi
echo "$today" >$note
