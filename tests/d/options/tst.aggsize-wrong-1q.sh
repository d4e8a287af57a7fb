#!/bin/sh
# aggsize does not take "1q"
set -eu
"$DTRACE" -x aggsize=1q -n BEGIN
