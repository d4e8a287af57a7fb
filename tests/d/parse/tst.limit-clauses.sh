# 100000 clauses compile, one more does not.
set -eu
i=0; awk 'BEGIN { for (i = 1; i < 100000; i++) print "END{}"; print "BEGIN{exit(0)}" }' >"$TMP/many.d"
"$DTRACE" -q -s "$TMP/many.d"
echo "END{}" >>"$TMP/many.d"
"$DTRACE" -xerrtags -q -s "$TMP/many.d" 2>&1 | sed "s,$TMP/,,"
