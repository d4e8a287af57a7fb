#!/bin/sh
# specsize takes 1m
set -eu
"$DTRACE" -x specsize=1m -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
