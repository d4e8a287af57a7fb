#!/bin/sh
# #! on the first line
set -eu
printf '#!%s -qs\nBEGIN { printf("%%s\\n", $$1); exit(0); }\n' "$DTRACE" >"$TMP/a.d"; chmod +x "$TMP/a.d"; "$TMP/a.d" hello
