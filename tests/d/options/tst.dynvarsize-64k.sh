#!/bin/sh
# dynvarsize takes 64k
set -eu
"$DTRACE" -x dynvarsize=64k -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
