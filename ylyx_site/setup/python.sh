#!/usr/bin/env bash
# Usage: python.sh ENVIRONMENT REQUIREMENTS      Lays the locked requirements into a virtual environment.
# Hashes, and wheels only: nothing is built here, and nothing else than what was locked gets in.
set -euo pipefail
environment=$1 requirements=$2

# A moved or copied tree leaves an environment whose interpreter is gone.
"$environment/bin/python" -c '' 2>/dev/null || python3 -m venv --clear "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
  --require-hashes --only-binary :all: -r "$requirements"
