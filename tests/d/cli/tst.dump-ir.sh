#!/bin/sh
# -xdump=ir: the code on standard output, nothing runs
set -eu
"$DTRACE" -xdump=ir -n 'BEGIN { trace(1); }' | head -n 1
