#!/bin/sh
# errexit with a status
set -eu
"$DTRACE" -x errexit=5 -qn 'BEGIN { trace(*(int *)0); }' 2>&1 | sed 's/offset [0-9]*/offset N/'; "$DTRACE" -x errexit=5 -qn 'BEGIN { trace(*(int *)0); }' 2>/dev/null || echo "status $?"
