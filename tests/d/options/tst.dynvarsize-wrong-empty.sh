#!/bin/sh
# dynvarsize does not take ""
set -eu
"$DTRACE" -x dynvarsize= -n BEGIN
