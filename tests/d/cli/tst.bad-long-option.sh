#!/bin/sh
# an unknown long option
set -eu
"$DTRACE" --nosuch
