#!/bin/sh
# aggsize does not take "-1"
set -eu
"$DTRACE" -x aggsize=-1 -n BEGIN
