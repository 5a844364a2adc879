#!/usr/bin/env bash
# Usage: node.sh DIRECTORY [npm ci options]      Installs the locked npm packages into DIRECTORY.
# Not beside package.json, so that linters and string extraction never walk through node_modules;
# and no scripts, since a package's install script may do anything.
set -euo pipefail
directory=$1
shift
setup=$(dirname "$0")

mkdir -p "$directory"
cp "$setup/package.json" "$setup/package-lock.json" "$setup/.npmrc" "$directory/"
PATH="$PWD/.venv-node/bin:$PATH"
npm ci --prefix "$directory" --ignore-scripts --silent "$@" </dev/null
