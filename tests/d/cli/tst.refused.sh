#!/bin/sh
# options of dtrace(1) that ask for what cannot be had here: a reason each, status 2
set -eu
for o in -32 -A -a -G "-h -s x.d" -33 -65 -6 -B; do
	"$DTRACE" $o -n BEGIN 2>&1 && echo worked || echo "$?"
done
