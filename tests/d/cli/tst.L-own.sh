#!/bin/sh
# -L: the libraries of DTrace itself need not be there
set -eu
mkdir "$TMP/l"; printf '#pragma D depends_on library io.d\ninline int X = 3;\n' >"$TMP/l/a.d"; "$DTRACE" -L "$TMP/l" -qn 'BEGIN { printf("%d\n", X); exit(0); }'
