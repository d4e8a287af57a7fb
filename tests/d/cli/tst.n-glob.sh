#!/bin/sh
# -n with a glob
set -eu
"$DTRACE" -e -n 'B*N'; echo $?
