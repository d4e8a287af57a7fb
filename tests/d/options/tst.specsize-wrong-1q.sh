#!/bin/sh
# specsize does not take "1q"
set -eu
"$DTRACE" -x specsize=1q -n BEGIN
