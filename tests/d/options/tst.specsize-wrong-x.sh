#!/bin/sh
# specsize does not take "x"
set -eu
"$DTRACE" -x specsize=x -n BEGIN
