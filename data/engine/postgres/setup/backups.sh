#!/bin/sh
# Saves the register every night, and at the start if the last backup is older than a day. The last 30 stay.
# Restore one: pg_restore --clean --if-exists --dbname={{.Database}} FILE
set -eu
export PGPASSWORD="$(cat /setup/password)"
while :; do
    if [ -z "$(find /backups -name 'register *.dump' -mmin -1380 | head -n 1)" ]; then
        to="/backups/register $(date +%Y-%m-%d).dump"
        if pg_dump --format=custom --file="$to.part"; then
            mv "$to.part" "$to"
            ls -1 /backups/register*.dump | head -n -30 | while read -r old; do rm -- "$old"; done
        else
            echo 'the register was not saved; the next try is in ten minutes' >&2
        fi
    fi
    sleep 600
done
