#!/bin/sh
# -o of what cannot be opened
set -eu
"$DTRACE" -q -o /nonexistent/x -n BEGIN
