#!/usr/bin/env bash
# Usage: strings.sh update|compile|check      The English catalogue of the Chinese source strings.
# update: take the strings of code and templates over into the catalogue, for a person to translate.
# compile: make what the site reads.   check: fail when a string has no English, or one we cannot fill.
set -euo pipefail
catalogue=translations/en/LC_MESSAGES/messages.po
template=.cache/messages.pot
pybabel=.venv/bin/pybabel

extract() {
  mkdir -p .cache
  $pybabel -q extract -F translations/babel.cfg -k lazy_gettext -k _l -k N_ --add-location=file \
    --no-wrap --sort-by-file --project=ylyx_site --copyright-holder=ylyx_site -o "$template" .
}

case $1 in
  update)
    extract
    if [ -f $catalogue ]; then
      $pybabel -q update -i $template -d translations -l en --no-fuzzy-matching --ignore-obsolete \
        --no-wrap --ignore-pot-creation-date
    else
      $pybabel -q init -i $template -d translations -l en --no-wrap
    fi
    ;;
  compile)
    if [ -f $catalogue ] && [ ! ${catalogue%.po}.mo -nt $catalogue ]; then
      $pybabel -q compile -d translations -l en
    fi
    ;;
  check)
    [ -f $catalogue ] || { echo "还没有英文目录 · no $catalogue yet"; exit 0; }
    extract
    .venv/bin/python ylyx_site/setup/check_strings.py $template $catalogue
    ;;
esac
