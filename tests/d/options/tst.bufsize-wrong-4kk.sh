#!/bin/sh
# bufsize does not take "4kk"
set -eu
"$DTRACE" -x bufsize=4kk -n BEGIN
