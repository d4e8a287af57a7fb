#!/bin/sh
# dynvarsize does not take "x"
set -eu
"$DTRACE" -x dynvarsize=x -n BEGIN
