#!/bin/sh
# fds[]: what dtrace itself has open. Offsets are where its parent, who shares them, has read to.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/a b"
echo 'more than four bytes' >"$dir/a b/file"
program='BEGIN {
	printf("%s|%s|%d|%d\n", fds[0].fi_name, basename(fds[0].fi_dirname), fds[0].fi_offset, fds[0].fi_oflags & 3);
	printf("%d %d\n", fds[0].fi_pathname == strjoin(strjoin(fds[0].fi_dirname, "/"), fds[0].fi_name), strlen(fds[0].fi_fs) > 2);
	printf("%d\n", index(fds[0].fi_pathname, fds[0].fi_mount));
	exit(0);
}'
{
	dd bs=1 count=4 of=/dev/null 2>/dev/null
	"$DTRACE" -qn "$program"
} <"$dir/a b/file"
"$DTRACE" -qn 'BEGIN { printf("%s %s %s %s %d %d\n", fds[900].fi_pathname, fds[-1].fi_name, fds[900].fi_fs, fds[900].fi_mount,
	fds[900].fi_offset, fds[900].fi_oflags); exit(0); }'
# the index is an expression, also of a variable; a member of it goes wherever a value does
"$DTRACE" -qn 'BEGIN { this->n = 1; @[fds[this->n - 1].fi_pathname, fds[this->n - 1].fi_oflags & 3] = count(); }
	BEGIN /fds[0].fi_name == "null"/ { printa("%s %d %@d\n", @); exit(0); }' </dev/null
echo | "$DTRACE" -qn 'BEGIN { printf("%s %s %s\n", substr(fds[0].fi_pathname, 0, 6), fds[0].fi_mount, fds[0].fi_dirname); exit(0); }'
# of a path that does not fit the end is shown
"$DTRACE" -xstrsize=10 -qn 'BEGIN { printf("%s\n", fds[0].fi_fs); exit(0); }' </proc/self/status
