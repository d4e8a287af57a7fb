#!/bin/sh
# -X: __STDC__ as of cc
set -eu
for x in -Xa "-X c" -Xt -xstdc=c ""; do
	"$DTRACE" $x -Cqn "BEGIN { trace(__STDC__); exit(0); }"
done
"$DTRACE" -Xs -Cqn "
#ifdef __STDC__
#error there
#endif
BEGIN { exit(0); }"
