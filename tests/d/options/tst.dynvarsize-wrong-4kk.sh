#!/bin/sh
# dynvarsize does not take "4kk"
set -eu
"$DTRACE" -x dynvarsize=4kk -n BEGIN
