#!/bin/sh
# specsize takes 65536
set -eu
"$DTRACE" -x specsize=65536 -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
