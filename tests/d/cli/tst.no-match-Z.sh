#!/bin/sh
# -Z: that is no error
set -eu
"$DTRACE" -Z -n nosuch -n 'BEGIN { exit(0); }'
