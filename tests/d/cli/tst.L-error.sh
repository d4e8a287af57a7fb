#!/bin/sh
# -L: an error in a library names it
set -eu
mkdir "$TMP/l5"; cd "$TMP"; printf 'inline int X = nosuch;\n' >l5/a.d; "$DTRACE" -L l5 -n BEGIN
