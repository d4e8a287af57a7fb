#!/bin/sh
# --help begins with the usage, on standard output
set -eu
"$DTRACE" --help | head -n 1 | cut -c 1-14; "$DTRACE" -h | wc -l | tr -d ' '
