#!/bin/sh
# -l -m: by module
set -eu
"$DTRACE" -l -m sys64 | awk 'NR > 1 { print $2, $3 }' | sort -u
