# $target is the process of -c.
"$DTRACE" -q -c true -n 'BEGIN { printf("%d %d\n", $target > 1, $target != $pid); exit(0); }' 2>&1
