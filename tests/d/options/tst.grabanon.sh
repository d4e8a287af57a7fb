#!/bin/sh
# grabanon asks for what is not there; off does not
set -eu
"$DTRACE" -x grabanon=off -en BEGIN
"$DTRACE" -x grabanon -en BEGIN 2>&1 || echo $?
printf "#pragma D option grabanon\nBEGIN { }\n" >"$TMP/x.d"
"$DTRACE" -es "$TMP/x.d" 2>&1 | sed "s|$TMP/||"
