#!/bin/sh
# -n: the notice on standard error, records on standard output
set -eu
"$DTRACE" -n 'BEGIN { trace(1); exit(0); }'
