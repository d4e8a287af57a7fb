#!/bin/sh
# strsize below its least is no value
set -eu
"$DTRACE" -x strsize=7 -n BEGIN
