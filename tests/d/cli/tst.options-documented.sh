#!/bin/sh
# every option stands in the man page
set -eu
sed -n 's/^OPTION([A-Z]*, "\([a-z]*\)".*/\1/p' "$TOP/bpf/run/options.def" >"$TMP/names"
[ "$(wc -l <"$TMP/names")" -gt 60 ]
while read -r name; do
	grep -Eq "^\.?.*Cm.*[ ]$name( |\$)" "$TOP/bpf/dtrace.1" || grep -Eq "^\.Cm .*$name( |\$)" "$TOP/bpf/dtrace.1" || echo "$name"
done <"$TMP/names"
