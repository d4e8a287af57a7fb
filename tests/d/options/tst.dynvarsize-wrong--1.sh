#!/bin/sh
# dynvarsize does not take "-1"
set -eu
"$DTRACE" -x dynvarsize=-1 -n BEGIN
