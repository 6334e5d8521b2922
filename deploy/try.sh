#!/usr/bin/env bash
# Try a hosted room on this machine: PostgreSQL, two processes and Caddy; Ctrl-C ends all of it.
# PostgreSQL's and Caddy's programs come from the system's packages; what is tried is thrown away.
#   deploy/try.sh [PORT]
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8600}
python=${PYTHON:-.venv/bin/python}
folder=$(mktemp -d)
programs=$(dirname "$({ command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null; } | tail -1)")
if [ ! -x "$programs/initdb" ] || ! command -v caddy >/dev/null || ! command -v curl >/dev/null; then
  echo "It needs PostgreSQL, Caddy and curl: apt-get install postgresql caddy curl" >&2
  exit 1
fi
as_postgres=()
if [ "$(id -u)" = 0 ]; then  # whose server PostgreSQL refuses to be
  as_postgres=(runuser -u postgres --)
  chown postgres "$folder"
fi
started=()

end() {
  trap - EXIT INT TERM
  kill "${started[@]}" 2>/dev/null || true
  wait
  "${as_postgres[@]}" "$programs/pg_ctl" -D "$folder/data" -m fast stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 0' INT TERM

"${as_postgres[@]}" "$programs/initdb" -A trust -U postgres -D "$folder/data" >/dev/null
"${as_postgres[@]}" "$programs/pg_ctl" -w -D "$folder/data" -l "$folder/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder'" start >/dev/null
PGHOST=$folder ROOM_PASSWORD=none PATH=$programs:$PATH sh deploy/database.sh

export DISCOVERY_ROOM_DATABASE="postgresql://room@/room?host=$folder"
export DISCOVERY_ROOM_BROWSER=no DISCOVERY_ROOM_PROXY=127.0.0.1
export DISCOVERY_ROOM_ADDRESS=http://localhost:$port STREAMLIT_SERVER_ADDRESS=127.0.0.1
STREAMLIT_SERVER_COOKIE_SECRET=$("$python" -c "import secrets; print(secrets.token_hex(32))")
export STREAMLIT_SERVER_COOKIE_SECRET
"$python" app.py prepare
"$python" app.py invite "Who tries it" >"$folder/invited"
for number in 1 2; do
  DISCOVERY_ROOM_PORT=$((port + number)) "$python" app.py >"$folder/process-$number" 2>&1 &
  started+=($!)
done
ROOM_SITE=http://localhost:$port ROOM_PROCESSES="localhost:$((port + 1)) localhost:$((port + 2))" \
  CADDY_ADMIN=unix/"$folder"/caddy XDG_DATA_HOME=$folder XDG_CONFIG_HOME=$folder \
  caddy run --config deploy/Caddyfile >"$folder/caddy.log" 2>&1 &
started+=($!)

until curl -fs "http://localhost:$port/_stcore/health" >/dev/null; do
  for one in "${started[@]}"; do
    kill -0 "$one" 2>/dev/null || { tail -n 5 "$folder"/process-* "$folder/caddy.log" >&2; exit 1; }
  done
  sleep 0.3
done
echo "Two processes run over one database. To lead workshops there, open this link (it works once):"
grep -o "http://.*/sign-in/[^ ]*" "$folder/invited" | sed "s|^|  |"
echo "Console commands need DISCOVERY_ROOM_DATABASE='$DISCOVERY_ROOM_DATABASE'"
echo "Phones and walls open http://localhost:$port; Ctrl-C ends all of it."
wait
