#!/bin/sh
# a name of a file in a message is made safe
set -eu
"$DTRACE" -s "$(printf 'no\033such')" 2>&1 | cat -v | cut -c 1-40
