#!/bin/sh
# dynvarsize needs a value
set -eu
"$DTRACE" -x dynvarsize -n BEGIN
