#!/bin/sh
# a description of several lines: the notice has what stands before the clause
set -eu
"$DTRACE" -n 'BEGIN /1/ { exit(0); }' 3>&1 >/dev/null 2>&3
