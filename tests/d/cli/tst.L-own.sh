#!/bin/sh
# -L: the libraries of DTrace itself need not be there
set -eu
mkdir "$TMP/l4"; printf '#pragma D depends_on library io.d\ninline int X = 3;\n' >"$TMP/l4/a.d"; "$DTRACE" -L "$TMP/l4" -qn 'BEGIN { printf("%d\n", X); exit(0); }'
