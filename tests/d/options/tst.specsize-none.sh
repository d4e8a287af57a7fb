#!/bin/sh
# specsize needs a value
set -eu
"$DTRACE" -x specsize -n BEGIN
