# bats file_tags=check
# The runner of the golden cases (tests/tools/golden) must not pass what it should fail.

setup() {
	export CASES=$BATS_TEST_TMPDIR/cases OUT=$BATS_TEST_TMPDIR/out
	mkdir -p "$CASES/tool" "$OUT/toolbox"
	cat >"$OUT/toolbox/tool" <<-'TOOL'
		#!/bin/sh
		[ -z "${NATIVE_ROOT:-}" ] || cat "$NATIVE_ROOT"/proc/stat
		echo "$*" >&2
		echo out "${COLUMNS:-}"
		exit "${1:-0}"
	TOOL
	chmod +x "$OUT/toolbox/tool"
}

golden() { run "$BATS_TEST_DIRNAME/golden" "$@"; }

# make_case NAME STATUS: a case that passes.
make_case() {
	mkdir -p "$CASES/tool/$1/root/proc"
	cd "$CASES/tool/$1" || return
	echo cpu >root/proc/stat
	echo "\$BIN/tool $2" >cmd
	printf 'cpu\nout \n' >want
	echo "$2" >want.err
	[ "$2" = 0 ] || echo "$2" >want.status
}

fails() {
	golden
	[ "$status" = 1 ] || { echo "$output"; return 1; }
	[[ $output == *'not ok 1 tool/case'*"$1"* ]] || { echo "$output"; return 1; }
}

@test "golden: a case that is as wanted passes, whatever the environment" {
	make_case a 0
	make_case b 3
	COLUMNS=7 golden
	[ "$status" = 0 ]
	[ "$output" = "1..2
ok 1 tool/a
ok 2 tool/b" ]
	golden tool/b
	[ "$output" = "1..1
ok 1 tool/b" ]
	golden -k a$
	[ "$output" = "1..1
ok 1 tool/a" ]
}

@test "golden: other output, other errors and another status fail, also by one byte" {
	make_case case 0
	printf 'cpu\nout ' >want
	fails 'standard output differs'
	make_case case 0
	rm want.err
	fails 'standard error differs'
	make_case case 4
	rm want.status
	fails 'status is 4, wanted 0'
}

@test "golden: a malformed case fails" {
	make_case case 0
	rm cmd
	fails 'cmd is missing'
	make_case case 0
	rm want
	fails 'want is missing'
	make_case case 0
	mv want.err want.error
	fails 'want.error is no part of a case'
	rm want.error
	make_case case 0
	echo true >cmd
	fails 'cmd does not call'
	make_case case 0
	echo x >want.status
	fails 'not a number'
	rm want.status
	make_case case 0
	echo : >mkroot
	fails 'both root and mkroot'
}

@test "golden: an empty directory is a case that fails, one that begins with _ is none" {
	mkdir "$CASES/tool/case" "$CASES/tool/_shared"
	fails 'cmd is missing'
	rmdir "$CASES/tool/case"
	golden
	[ "$status" = 0 ]
	[ "$output" = 1..0 ]
}

@test "golden: mkroot makes the root, and its failure is the case's" {
	make_case case 0
	rm -r root
	printf 'mkdir proc\necho cpu >proc/stat\n' >mkroot
	golden
	[ "$status" = 0 ]
	[ ! -e proc ]
	echo false >mkroot
	fails 'mkroot failed'
}

@test "golden: a name that is no case is an error" {
	golden nothing/here
	[ "$status" = 2 ]
	golden -x
	[ "$status" = 2 ]
}
