#!/bin/sh
# aggsize does not take "4kk"
set -eu
"$DTRACE" -x aggsize=4kk -n BEGIN
