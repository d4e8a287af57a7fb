#!/bin/sh
# -L: libraries that depend on each other
set -eu
mkdir "$TMP/l3"; cd "$TMP"; printf '#pragma D depends_on library b.d\n' >l3/a.d; printf '#pragma D depends_on library a.d\n' >l3/b.d; "$DTRACE" -L l3 -n BEGIN
