#!/bin/sh
# -e of a wrong program
set -eu
"$DTRACE" -e -n 'BEGIN { trace(y); }'
