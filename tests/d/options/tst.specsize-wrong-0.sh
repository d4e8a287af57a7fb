#!/bin/sh
# specsize does not take "0"
set -eu
"$DTRACE" -x specsize=0 -n BEGIN
