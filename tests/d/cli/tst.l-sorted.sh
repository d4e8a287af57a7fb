#!/bin/sh
# -l: ids rise
set -eu
"$DTRACE" -l | awk 'NR > 1 { if ($1 <= last) bad++; last = $1 } END { print bad + 0 }'
