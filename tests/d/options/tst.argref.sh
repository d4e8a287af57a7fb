#!/bin/sh
# argref: an argument may be left unused
set -eu
"$DTRACE" -x argref -qn 'BEGIN { exit(0); }' 5
