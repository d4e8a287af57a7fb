#!/bin/sh
# bufsize does not take "1q"
set -eu
"$DTRACE" -x bufsize=1q -n BEGIN
