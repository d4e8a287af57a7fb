#!/bin/sh
# aggsize does not take ""
set -eu
"$DTRACE" -x aggsize= -n BEGIN
