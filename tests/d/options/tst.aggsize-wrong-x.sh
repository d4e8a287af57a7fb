#!/bin/sh
# aggsize does not take "x"
set -eu
"$DTRACE" -x aggsize=x -n BEGIN
