#!/bin/sh
# -w is said
set -eu
"$DTRACE" -wn 'BEGIN { system("echo done"); exit(0); }'
