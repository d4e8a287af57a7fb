#!/bin/sh
# specsize does not take "4kk"
set -eu
"$DTRACE" -x specsize=4kk -n BEGIN
