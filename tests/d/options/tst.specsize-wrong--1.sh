#!/bin/sh
# specsize does not take "-1"
set -eu
"$DTRACE" -x specsize=-1 -n BEGIN
