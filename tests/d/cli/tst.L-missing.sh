#!/bin/sh
# -L of what is not there
set -eu
"$DTRACE" -L /nonexistent -n BEGIN
