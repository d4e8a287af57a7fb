#!/bin/sh
# -v: stability of what is used
set -eu
"$DTRACE" -v -n 'BEGIN { exit(0); }' 2>/dev/null | head -n 7
