#!/bin/sh
# aggsize takes 0x10000
set -eu
"$DTRACE" -x aggsize=0x10000 -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
