#!/bin/sh
# a status is what the shell makes of it
set -eu
"$DTRACE" -qn 'BEGIN { exit(256 + 5); }'
