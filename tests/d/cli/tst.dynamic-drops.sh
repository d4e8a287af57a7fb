#!/bin/sh
# and dynamic variables
set -eu
"$DTRACE" -x dynvarsize=1k -qn 'tick-1ms { x[i++] = 1; } tick-1ms /i == 100/ { exit(0); }' 2>&1 >/dev/null | grep -c 'dynamic variable drops'
