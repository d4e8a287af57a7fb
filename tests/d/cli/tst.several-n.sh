#!/bin/sh
# several -n are one program, each with its notice
set -eu
"$DTRACE" -n 'BEGIN { x = 5; }' -n 'BEGIN { trace(x); exit(0); }'
