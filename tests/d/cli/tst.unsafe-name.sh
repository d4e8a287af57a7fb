#!/bin/sh
# a program text in a message is made safe
set -eu
"$DTRACE" -n "$(printf 'no\033such')" 2>&1 | grep -c "$(printf '\033')" || :
