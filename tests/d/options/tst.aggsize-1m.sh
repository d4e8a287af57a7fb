#!/bin/sh
# aggsize takes 1m
set -eu
"$DTRACE" -x aggsize=1m -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
