#!/bin/sh
# -H: included files are named on standard error
set -eu
printf '#define X 4\n' >"$TMP/x.h"; printf '#include "x.h"\nBEGIN { printf("%%d\\n", X); exit(0); }\n' >"$TMP/a.d"; cd "$TMP"; "$DTRACE" -CHqs a.d
