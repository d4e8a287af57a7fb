#!/bin/sh
# -L: libraries are compiled first, in the order of their dependencies
set -eu
mkdir "$TMP/l"; printf '#pragma D depends_on library b.d\ninline int AB = BB + 1;\n' >"$TMP/l/a.d"; printf 'inline int BB = 41;\n' >"$TMP/l/b.d"; printf '/* nothing */\n' >"$TMP/l/c.d"; echo nonsense >"$TMP/l/readme"; "$DTRACE" -L "$TMP/l" -n 'BEGIN { trace(AB); exit(0); }'
