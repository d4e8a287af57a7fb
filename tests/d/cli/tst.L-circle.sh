#!/bin/sh
# -L: libraries that depend on each other
set -eu
mkdir "$TMP/l"; cd "$TMP"; printf '#pragma D depends_on library b.d\n' >l/a.d; printf '#pragma D depends_on library a.d\n' >l/b.d; "$DTRACE" -L l -n BEGIN
