#!/bin/sh
# aggsize takes 1G
set -eu
"$DTRACE" -x aggsize=1G -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
