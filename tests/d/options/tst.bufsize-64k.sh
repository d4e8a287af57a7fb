#!/bin/sh
# bufsize takes 64k
set -eu
"$DTRACE" -x bufsize=64k -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
