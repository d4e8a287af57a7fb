#!/bin/sh
# strsize above 4 KiB is no value
set -eu
"$DTRACE" -x strsize=8k -n BEGIN
