#!/bin/sh
# panic() is destructive
set -eu
"$DTRACE" -qn 'BEGIN { panic(); }'
