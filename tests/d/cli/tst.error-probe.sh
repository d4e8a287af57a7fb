#!/bin/sh
# ERROR fires after a fault, with its arguments
set -eu
"$DTRACE" -qn 'BEGIN { trace(*(int *)0); } ERROR { printf("%d %d %d %d\n", arg1, arg2, arg4, arg5); exit(4); }' 2>/dev/null
