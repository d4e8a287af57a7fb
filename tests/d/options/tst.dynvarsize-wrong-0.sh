#!/bin/sh
# dynvarsize does not take "0"
set -eu
"$DTRACE" -x dynvarsize=0 -n BEGIN
