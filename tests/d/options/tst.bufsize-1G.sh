#!/bin/sh
# bufsize takes 1G
set -eu
"$DTRACE" -x bufsize=1G -qn 'BEGIN { @ = count(); x["a"] = 5; printf("%d\n", x["a"]); exit(0); }'
