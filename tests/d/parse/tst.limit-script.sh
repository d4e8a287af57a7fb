# A script of 1 MiB compiles; one of a byte more does not.
set -eu
size=1048576
head='BEGIN { exit(0); }'
{ printf '%s/*' "$head"; head -c $((size - ${#head} - 4)) /dev/zero | tr '\0' x; printf '*/'; } >"$TMP/big.d"
wc -c <"$TMP/big.d"
"$DTRACE" -q -s "$TMP/big.d"
echo >>"$TMP/big.d"
"$DTRACE" -xerrtags -q -s "$TMP/big.d" 2>&1 | sed "s,$TMP/,,"
