#!/bin/sh
# -e -v: the attributes of a program that is not run; args[] is as stable as the provider says, curthread is not
set -eu
"$DTRACE" -ev -n BEGIN
for d in "syscall::read:entry { trace(args[0]); }" "tick-1s { trace(curthread); }" "syscall::read:entry" "io:::start" "proc:vmlinux::exec"; do
	"$DTRACE" -ev -n "$d" | sed "s/^[[:space:]]*[A-Z][a-z]* [A-Z][a-z]*: *//" | tr "\n" " "; echo
done
