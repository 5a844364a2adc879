#!/usr/bin/env bash
# Usage: system.sh PACKAGE...      Installs the Debian packages that are missing, and only those.
# Asks for the thing itself where it can come from elsewhere (another Python, another Chinese font),
# so that whoever has it needs neither apt nor root.
set -euo pipefail

there() {
  case $1 in
    python3-venv) python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' ;;
    postgresql) command -v pg_virtualenv && ls /usr/lib/postgresql/*/bin/initdb ;;
    pgbouncer) [ -x /usr/sbin/pgbouncer ] || command -v pgbouncer ;;
    fonts-wqy-zenhei) fc-list :lang=zh | grep . ;;
    fontconfig) command -v fc-list ;;
    ca-certificates) [ -s "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" ] ;;
    *) [ "$(dpkg-query -W -f '${db:Status-Status}' "$1")" = installed ] ;;
  esac >/dev/null 2>&1
}

missing=()
for package; do there "$package" || missing+=("$package"); done
[ ${#missing[@]} -gt 0 ] || exit 0

install="apt-get install --no-install-recommends ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
  cat >&2 <<TEXT
缺少系统软件包：${missing[*]}
请让管理员执行：$install
Missing system packages: ${missing[*]}
Neither root nor sudo (or no apt) is at hand. Ask an administrator to run: $install
TEXT
  exit 1
fi

echo "安装系统软件包 · installing: ${missing[*]}"
# A fresh machine may still be running its own first apt: wait for the lock instead of failing.
quiet_apt() {
  local said
  said=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" 2>&1 </dev/null) || { echo "$said" >&2; exit 1; }
}
quiet_apt update
quiet_apt install --no-install-recommends "${missing[@]}"
