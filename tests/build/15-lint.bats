# Every gate of tests/lint finds what it is for, and says so by its status, in a tree of one file each.
# bats file_tags=check

setup() {
	load ../lib
	cd "$BATS_TEST_TMPDIR" || return
	mkdir tests injector toolbox
	cp "$TOP/tests/lint" tests/lint
	cp "$TOP/.clang-tidy" .
	printf '#define F 1\n' >toolbox/fine.c # no gate has nothing at all to look at
	printf 'int main(void) { return 0; }\n' >injector/fine.c
	printf '#!/bin/sh\n:\n' >toolbox/fine
}

# clean NAME: finds nothing in the tree as it is.
clean() {
	run tests/lint "$1"
	[ "$status" != 77 ] || skip "$output"
	[ "$status" = 0 ]
}
# finds NAME WHAT: status 1, and WHAT is named.
finds() {
	run -1 tests/lint "$1"
	[[ "$output" == *"$2"* ]]
}

@test "lint: there is a test of each gate" {
	local gate
	for gate in $(tests/lint --list); do grep -q "^@test \"lint: $gate " "$BATS_TEST_FILENAME" || { echo "$gate"; return 1; }; done
}

@test "lint: gcc warns, in whichever batch" {
	clean gcc
	local i
	for i in $(seq 20); do printf 'int main(void) { return %s; }\n' "$i" >injector/fine$i.c; done
	printf 'int main(void) { int unused; return 0; }\n' >injector/fine1.c
	finds gcc injector/fine1.c
}

@test "lint: clang warns" {
	clean clang
	printf 'int main(void) { int unused; return 0; }\n' >injector/bad.c
	finds clang injector/bad.c
}

@test "lint: clang-tidy finds a number read without its errors" {
	clean clang-tidy
	printf '#include <stdlib.h>\nint main(int argc, char **argv) { return argc ? atoi(argv[0]) : 0; }\n' >injector/bad.c
	finds clang-tidy 'clang-tidy: injector/bad.c'
}

@test "lint: cppcheck finds a read behind an array" {
	clean cppcheck
	printf 'int main(void) { int a[2] = { 0, 1 }; return a[2]; }\n' >injector/bad.c
	finds cppcheck injector/bad.c
}

@test "lint: shellcheck reads scripts without a suffix" {
	clean shellcheck
	printf '#!/bin/sh\n[[ $1 == a ]]\n' >toolbox/bad
	finds shellcheck toolbox/bad
}

@test "lint: hosts are not named, but in comments of C" {
	printf '/* %s://kernel%s/doc */\nint main(void) { return 0; }\n' https .org >injector/fine.c
	clean hosts
	printf 'fetch %s://deb%s/x\n' https .example.org >toolbox/bad
	finds hosts 'toolbox/bad names a host'
}

@test "lint: calls that one file may make are in that one" {
	printf '#include <sched.h>\nint main(void) { return setns(0, 0); }\n' >injector/enter.c
	clean calls
	cp injector/enter.c injector/bad.c
	finds calls injector/bad.c
}

@test "lint: top-level holds what it may" {
	clean top-level
	mkdir docs
	finds top-level 'docs does not belong at the top level'
}

@test "lint: marks of unfinished work" {
	clean marks
	printf '/* FIX%s: later */\n' ME >toolbox/bad.c
	finds marks toolbox/bad.c
}

@test "lint: length of 801 lines" {
	seq 800 | sed 's,.*,/* & */,' >toolbox/long.c
	clean length
	echo '/* 801 */' >>toolbox/long.c
	finds length 'toolbox/long.c has 801 lines'
}
