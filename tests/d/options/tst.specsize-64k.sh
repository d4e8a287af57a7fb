#!/bin/sh
# specsize takes 64k
set -eu
"$DTRACE" -x specsize=64k -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
