#!/bin/sh
# aggsize does not take "0"
set -eu
"$DTRACE" -x aggsize=0 -n BEGIN
