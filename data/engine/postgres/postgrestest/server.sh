#!/bin/sh
# Runs a command with CONSIGN_POSTGRES, the address of a server of its own: Debian's, in a temporary folder, on loopback, as an ordinary user.
# It is gone afterwards. Without the server's programs a plain word is all, and success: the register of one desk needs none.
set -eu
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
    echo 'PostgreSQL is not installed and could not be: the tests on a server were left out.'
    exit 0
fi
folder=$(mktemp -d)
as=''
if [ "$(id -u)" = 0 ]; then # the server does not run as root
    id postgres >/dev/null 2>&1 || { echo 'There is no ordinary user for PostgreSQL: the tests on a server were left out.'; exit 0; }
    as=postgres
    chown postgres "$folder"
fi
as_user() { if [ -n "$as" ]; then su "$as" -s /bin/sh -c "$1"; else sh -c "$1"; fi; }
stop() {
    as_user "'$programs/pg_ctl' -D '$folder/data' -m immediate stop >/dev/null 2>&1" || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' INT TERM
memory=$(awk '/^MemTotal/ {m = int($2 / 4096); print (m > 2048 ? 2048 : m)}' /proc/meminfo) # as ../setup gives it
port=$((20000 + $$ % 20000))
as_user "'$programs/initdb' -D '$folder/data' -E UTF8 --locale=C -A trust -U consign >/dev/null"
as_user "'$programs/pg_ctl' -D '$folder/data' -l '$folder/log' -w -o '-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off \
-c shared_buffers=${memory}MB -c max_connections=300 -c max_locks_per_transaction=256' start >/dev/null" || { cat "$folder/log"; exit 1; }
CONSIGN_POSTGRES="postgres://consign@127.0.0.1:$port/postgres" "$@"
