#!/bin/sh
# -e: compile only
set -eu
"$DTRACE" -e -n 'BEGIN { trace(1); exit(0); }'; echo $?
