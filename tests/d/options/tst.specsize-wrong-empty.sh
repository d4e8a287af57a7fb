#!/bin/sh
# specsize does not take ""
set -eu
"$DTRACE" -x specsize= -n BEGIN
