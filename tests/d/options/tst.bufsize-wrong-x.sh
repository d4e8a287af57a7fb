#!/bin/sh
# bufsize does not take "x"
set -eu
"$DTRACE" -x bufsize=x -n BEGIN
