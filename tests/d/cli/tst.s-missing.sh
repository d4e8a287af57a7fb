#!/bin/sh
# -s of what is not there
set -eu
"$DTRACE" -s /nonexistent/x.d
