#!/usr/bin/env bash
# Serves the site, with the worker beside it; whichever way the server ends, the worker ends too.
set -euo pipefail
.venv/bin/flask --app wsgi work &
worker=$!
.venv/bin/waitress-serve --listen="$HOST:$PORT" --threads=8 wsgi:app &
server=$!
# Waiting on a background child, bash hears signals at once; on a foreground child only at its end.
trap 'kill $server $worker 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM
echo "http://$HOST:$PORT/"
wait $server
