# Starts a PostgreSQL of its own in $work/server, which goes in the end. To be sourced, with `work` an
# empty folder of the caller's. Exits 77 (skipped) where there is none.
server=""
for folder in /usr/lib/postgresql/*/bin; do
  [ ! -x "$folder/initdb" ] || server=$folder
done
if [ -z "$server" ] || ! command -v psql >/dev/null || ! command -v sqlite3 >/dev/null; then
  echo "no PostgreSQL server, psql or sqlite3: skipped"
  exit 77
fi

# The server refuses to run as root; it is the only thing here that another user runs.
as_server=""
mkdir "$work/server"
if [ "$(id -u)" -eq 0 ]; then
  id postgres >/dev/null 2>&1 || { echo "root, and no user postgres: skipped"; exit 77; }
  as_server="runuser -u postgres --"
  chmod 711 "$work"
  chown postgres "$work/server"
fi
stop() {
  # shellcheck disable=SC2086
  [ ! -f "$work/server/data/postmaster.pid" ] ||
    $as_server "$server/pg_ctl" -D "$work/server/data" -m immediate stop >/dev/null
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# shellcheck disable=SC2086
(
  cd "$work/server"
  # Bytes decide the order of texts in SQLite, and do with the locale C.
  $as_server "$server/initdb" -D "$work/server/data" -U postgres -A trust --locale=C --encoding=UTF8 \
    --no-sync --no-instructions >/dev/null
  $as_server "$server/pg_ctl" -D "$work/server/data" -w -l "$work/server/log" -o \
    "-c listen_addresses='' -c unix_socket_directories='$work/server' -c fsync=off -c jit=off" start >/dev/null
)
# create_german DATABASE: makes one in which texts are in the order of German by default.
create_german() {
  psql -q -d postgres -c "CREATE DATABASE $1 TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de'" \
    </dev/null
}
export PGHOST="$work/server" PGUSER=postgres PGOPTIONS="-c client_min_messages=warning"
unset PGPORT PGDATABASE PGSERVICE 2>/dev/null || true
