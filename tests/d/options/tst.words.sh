#!/bin/sh
# options whose values are words
set -eu
for o in evaltime=exec evaltime=preinit evaltime=postinit evaltime=main linkmode=kernel linkmode=static linkmode=dynamic linktype=elf linktype=dof \
	bufresize=auto bufresize=manual stdc=a; do
	"$DTRACE" -x $o -en BEGIN
done
for o in evaltime=never linkmode= linktype stdc=ansi bufresize=on; do "$DTRACE" -x $o -en BEGIN 2>&1 || echo $?; done
