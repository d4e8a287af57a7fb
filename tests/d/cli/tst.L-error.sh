#!/bin/sh
# -L: an error in a library names it
set -eu
mkdir "$TMP/l"; cd "$TMP"; printf 'inline int X = nosuch;\n' >l/a.d; "$DTRACE" -L l -n BEGIN
