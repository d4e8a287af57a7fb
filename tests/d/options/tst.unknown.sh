#!/bin/sh
# an unknown option
set -eu
"$DTRACE" -x nosuch -n BEGIN
