#!/bin/sh
# freopen: appends to a file, whose name is a format; the empty name goes back
set -eu
for word in one two; do
	"$DTRACE" -qwn 'BEGIN { freopen("%s/%s.%d", $$1, "fr", 7); printf("%s\n", $$2); freopen(""); printf("back\n"); exit(0); }' "$TMP" $word
done
cat "$TMP/fr.7"
