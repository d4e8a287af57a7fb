#!/bin/sh
# a rate without a unit is a frequency, which 0 is not
set -eu
for o in aggrate cleanrate statusrate switchrate; do
	"$DTRACE" -x $o=10 -en BEGIN; "$DTRACE" -x $o=0 -en BEGIN 2>&1 || echo $?
done
