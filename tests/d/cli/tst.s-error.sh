#!/bin/sh
# an error in a script: its line
set -eu
printf 'BEGIN\n{\n\ttrace(y);\n}\n' >"$TMP/a.d"; cd "$TMP"; "$DTRACE" -s a.d
