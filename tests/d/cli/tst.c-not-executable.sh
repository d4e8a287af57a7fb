#!/bin/sh
# -c: what looks like a program and cannot be executed is told once, and dtrace does not end with 0
set -u
printf 'no program\1\2' >"$TMP/x"
printf '#!/nonexistent/interpreter\n' >"$TMP/y"
chmod +x "$TMP/x" "$TMP/y"
for f in x y; do
	"$DTRACE" -qn 'END { trace("end"); }' -c "$TMP/$f" 2>&1 | sed "s|$TMP|TMP|"
	"$DTRACE" -qn 'END { trace("end"); }' -c "$TMP/$f" >/dev/null 2>&1
	echo "$?"
done
# a command that ends with the status that a shell has for this did run
printf '#!/bin/sh\nexit 127\n' >"$TMP/z"
chmod +x "$TMP/z"
"$DTRACE" -qn 'END { trace("end"); }' -c "$TMP/z" 2>&1 | sed 's/pid [0-9]*/pid N/'
"$DTRACE" -qn 'END { }' -c "$TMP/z" >/dev/null 2>&1
echo "$?"
