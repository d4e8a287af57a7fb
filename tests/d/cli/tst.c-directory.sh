#!/bin/sh
# -c: a directory is no command, by its path and where PATH has one before it; nothing is traced
set -eu
mkdir "$TMP/d" "$TMP/d/ls"
"$DTRACE" -n 'BEGIN { trace("begun"); }' -c "$TMP/d" 2>&1 | sed "s|$TMP|TMP|"
PATH=$TMP/d "$DTRACE" -n 'BEGIN { trace("begun"); }' -c ls 2>&1 || echo $?
PATH=$TMP/d:$PATH "$DTRACE" -qn 'END { }' -c "ls $TMP/d" 2>&1
