#!/bin/sh
# what was typed is shown with its lines and backslashes, and without its control bytes
set -eu
"$DTRACE" -n "BEGIN
{ printf(\"a\\n\");	x = zz; /* $(printf '\033') */ }" 2>&1 || echo "status $?"
