# $target is the process of -p.
"$DTRACE" -q -p $$ -n 'BEGIN { printf("%d\n", $target == $1); exit(0); }' $$ 2>&1
