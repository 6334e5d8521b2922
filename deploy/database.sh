#!/bin/sh
# Make the role that the app signs in as, and its database. The role is an ordinary one: rows of
# other organisations are kept from it, and no rule of a database holds for a superuser.
set -eu
psql -q -v ON_ERROR_STOP=1 -v password="$ROOM_PASSWORD" --username postgres --dbname postgres <<'SQL'
CREATE ROLE room LOGIN PASSWORD :'password';
CREATE DATABASE room OWNER room TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
SQL
