#!/bin/sh
# an option without its value
set -eu
"$DTRACE" -n
