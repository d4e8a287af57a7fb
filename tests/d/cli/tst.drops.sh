#!/bin/sh
# a record that does not fit is dropped, counted and told
set -eu
"$DTRACE" -x bufsize=200 -qn 'BEGIN { tracemem(alloca(100), 100); } BEGIN { tracemem(alloca(100), 100); } BEGIN { exit(0); }' 2>&1 >/dev/null | sed 's/CPU [0-9]*/CPU N/'
