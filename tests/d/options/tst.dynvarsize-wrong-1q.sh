#!/bin/sh
# dynvarsize does not take "1q"
set -eu
"$DTRACE" -x dynvarsize=1q -n BEGIN
