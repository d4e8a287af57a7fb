#!/bin/sh
# bufsize does not take "0"
set -eu
"$DTRACE" -x bufsize=0 -n BEGIN
