#!/bin/sh
# Sets PostgreSQL up on a Debian server for a shared register of Consign, with backups every night. Run it as root in the folder in which it
# came. It may be run again: what is there stays.
set -eu
[ "$(id -u)" = 0 ] || { echo 'Run this as root: sudo sh debian.sh' >&2; exit 1; }
cd "$(dirname "$0")"
dpkg-query -W -f '${Status}' postgresql 2>/dev/null | grep -q 'ok installed' ||
    DEBIAN_FRONTEND=noninteractive apt-get install -y postgresql
cluster=$(pg_lsclusters -h | sort -V | tail -n 1)
version=$(echo "$cluster" | awk '{print $1}')
name=$(echo "$cluster" | awk '{print $2}')
[ "$version" -ge 15 ] || { echo "PostgreSQL $version is too old: a shared register needs 15 or newer." >&2; exit 1; }
settings=/etc/postgresql/$version/$name
install -o postgres -g postgres -m 600 setup/server.key "$settings/consign.key"
install -o postgres -g postgres -m 644 setup/server.crt "$settings/consign.crt"
# A quarter of the memory, 2 GB at most, keeps the register at hand.
memory=$(awk '/^MemTotal/ {m = int($2 / 4096); print (m > 2048 ? 2048 : m)}' /proc/meminfo)
cat > "$settings/conf.d/consign.conf" <<END
listen_addresses = '*'
port = {{.Port}}
ssl = on
ssl_cert_file = '$settings/consign.crt'
ssl_key_file = '$settings/consign.key'
password_encryption = scram-sha-256
shared_buffers = ${memory}MB
END
chown postgres:postgres "$settings/conf.d/consign.conf"
if ! grep -q '^hostssl {{.Database}} ' "$settings/pg_hba.conf"; then
    echo 'hostssl {{.Database}} all all scram-sha-256' >> "$settings/pg_hba.conf"
fi
pg_ctlcluster "$version" "$name" restart
sql() { (cd / && su postgres -c "psql -p {{.Port}} -v ON_ERROR_STOP=1 -qAt -d postgres"); }
if [ -z "$(echo "SELECT 1 FROM pg_roles WHERE rolname = '{{.User}}'" | sql)" ]; then
    sql <<'END' # as it stands: what the server keeps of a password has dollars in it
CREATE ROLE {{.User}} LOGIN CREATEROLE PASSWORD '{{.Verifier}}'
END
fi
if [ -z "$(echo "SELECT 1 FROM pg_database WHERE datname = '{{.Database}}'" | sql)" ]; then
    echo "CREATE DATABASE {{.Database}} OWNER {{.User}} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0" | sql
fi
install -d -o postgres -g postgres -m 700 /var/backups/consign
cat > /etc/cron.d/consign <<END
# Saves the shared register of Consign every night; the last 30 backups stay.
30 2 * * * postgres pg_dump -p {{.Port}} --format=custom --file="/var/backups/consign/register \$(date +\%F).dump" {{.Database}} && ls -1 /var/backups/consign/*.dump | head -n -30 | xargs -r -d '\n' rm --
END
echo 'The server is ready. Go on in Consign: Settings > Register > Share this register.'
