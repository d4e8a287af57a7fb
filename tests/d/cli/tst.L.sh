#!/bin/sh
# -L: libraries are compiled first, in the order of their dependencies
set -eu
mkdir "$TMP/l1"; printf '#pragma D depends_on library b.d\ninline int AB = BB + 1;\n' >"$TMP/l1/a.d"; printf 'inline int BB = 41;\n' >"$TMP/l1/b.d"; printf '/* nothing */\n' >"$TMP/l1/c.d"; echo nonsense >"$TMP/l1/readme"; "$DTRACE" -L "$TMP/l1" -n 'BEGIN { trace(AB); exit(0); }'
