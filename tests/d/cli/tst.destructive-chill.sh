#!/bin/sh
# chill(1) is destructive
set -eu
"$DTRACE" -qn 'BEGIN { chill(1); }'
