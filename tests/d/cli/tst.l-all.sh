#!/bin/sh
# -l alone: every provider is there
set -eu
"$DTRACE" --host -l | awk 'NR > 1 { print $2 }' | sort -u | tr '\n' ' '; echo
