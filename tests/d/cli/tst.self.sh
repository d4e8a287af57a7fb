#!/bin/sh
# pid, ppid, uid and execname of BEGIN are those of dtrace
set -eu
"$DTRACE" -qn 'BEGIN { printf("%d %d %d %s\n", pid == $pid, ppid == $ppid, uid == $uid, execname); exit(0); }'
