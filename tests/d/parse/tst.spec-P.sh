# What -P, -m and -f make of a description without colons.
"$DTRACE" -q -P 'dtrace /probename == "BEGIN"/ { printf("P %s\n", probename); }' -f ':x* { }' -Z -n 'BEGIN { exit(0); }'
