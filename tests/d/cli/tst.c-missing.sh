#!/bin/sh
# -c of what is not there
set -eu
"$DTRACE" -c /nonexistent/x -n BEGIN
