#!/bin/sh
# bufsize takes 1m
set -eu
"$DTRACE" -x bufsize=1m -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
