#!/usr/bin/env bats
# bats file_tags=check
# Programs in calls/ print the lines that must appear. They run under strace-lite, and under Debian's
# strace 6.1 as a check of the programs themselves.

setup_file() {
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	export CALLS=$BATS_FILE_TMPDIR
	for c in "$BATS_TEST_DIRNAME"/calls/*.c; do
		"${HOST_CC:-gcc}" -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -o "$CALLS/$(basename "$c" .c)" "$c"
	done
}

# must_show TRACER MARK: each program's lines, in their order, in what TRACER writes.
must_show() {
	local program name
	for program in "$BATS_TEST_DIRNAME"/calls/*.c; do
		name=$(basename "$program" .c)
		TZ=UTC timeout -k 5 60 "$1" -a 0 -o "$BATS_TEST_TMPDIR/trace" "$CALLS/$name" >"$BATS_TEST_TMPDIR/said"
		sed -n "s/^$2: //p; t; /^lite: /d; /^6\.1: /d; p" "$BATS_TEST_TMPDIR/said" >"$BATS_TEST_TMPDIR/want"
		[ -s "$BATS_TEST_TMPDIR/want" ] || { echo "$name printed no lines"; return 1; }
		sed 's/  *= / = /' "$BATS_TEST_TMPDIR/trace" | grep -Fxf "$BATS_TEST_TMPDIR/want" >"$BATS_TEST_TMPDIR/got" || true
		if ! diff -u "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"; then
			echo "$name under $1; the whole trace:"
			cat "$BATS_TEST_TMPDIR/trace"
			return 1
		fi
	done
}

@test "strace-lite shows the lines that the programs say" {
	[ "$(uname -m)" = x86_64 ] || skip "the programs make calls of x86_64"
	must_show "${STRACE:-${OUT:-out}/toolbox/strace}" lite
}

@test "strace 6.1 shows them, too" {
	[ "$(uname -m)" = x86_64 ] || skip "the programs make calls of x86_64"
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
	must_show strace '6\.1'
}
