#!/bin/sh
# setenv, unsetenv: the environment of commands, in whatever order the options stand
set -eu
export B=2 C=3
echo 'echo "A=${A-unset} B=${B-unset} C=${C-unset}"' >"$TMP/x"
"$DTRACE" -qn 'END { }' -c "sh $TMP/x" -x setenv=A=one=1 -x unsetenv=B -x setenv=C
for o in setenv setenv= setenv==1 unsetenv=A=1 unsetenv=; do "$DTRACE" -x $o -en BEGIN 2>&1 || echo $?; done
