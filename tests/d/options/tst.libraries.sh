#!/bin/sh
# libdir is -L, syslibdir comes before those, nolibs means none
set -eu
mkdir "$TMP/a" "$TMP/b"; echo "inline int A = 1;" >"$TMP/a/a.d"; echo "inline int B = A + 1;" >"$TMP/b/b.d"
"$DTRACE" -x libdir="$TMP/b" -x syslibdir="$TMP/a" -qn "BEGIN { trace(B); exit(0); }"
"$DTRACE" -x nolibs -L "$TMP/a" -L /nosuch -en "BEGIN { trace(A); }" 2>&1 || echo $?
"$DTRACE" -x libdir -en BEGIN 2>&1 || echo $?
"$DTRACE" -x syslibdir=/nosuch -en BEGIN 2>&1 || echo $?
