# The runner itself: what it counts. A runner that loses a failure makes every other test worthless.

setup() {
	load common
	[ "$(id -u)" = 0 ] || skip 'needs root'
	cd "$BATS_TEST_TMPDIR" || return
	test=@test # at the start of a line it would be a test of this file
}

# write_tests [NAME BODY]...
write_tests() { printf "$test \"%s\" {\\n%s\\n}\\n" "$@"; }

# The bats that runs this file leaves functions and a PATH in the environment; hence env -i.
# ran: runs x.bats in the runner; its last line goes to $last, all lines to the file log, its status to $rc.
ran() {
	rc=0
	(cd "$TOP" && env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin UNIT_TESTS= FUZZ_TESTS= \
		tests/run "$BATS_TEST_TMPDIR/x.bats") >log 2>&1 3>&- || rc=$?
	last=$(tail -n 1 log)
}

@test "tests that pass, fail and are skipped are counted" {
	write_tests one : two 'skip "no wheel"' three false >x.bats
	ran
	cat log
	[ "$rc" = 1 ]
	[ "$last" = '1 passed, 1 failed, 1 skipped' ]
	grep -qx '  skip  two: no wheel' log
}

@test "one that fails at the first try only is told, and counts by its second" {
	write_tests "it's a (b) [c] * ? + | ^ {1} . d" "[ -e $PWD/done ] || { touch $PWD/done; false; }" other "echo >>$PWD/others" >x.bats
	ran
	cat log
	[ "$rc" = 0 ]
	[ "$last" = '2 passed, 0 failed, 0 skipped' ]
	grep -A 1 -x 'failed once, and passed when run again:' log | grep -F "it's a (b) [c]"
	[ "$(wc -l <others)" = 1 ]
}

@test "one that fails twice has failed" {
	write_tests one : two false >x.bats
	ran
	cat log
	[ "$rc" = 1 ]
	[ "$last" = '1 passed, 1 failed, 0 skipped' ]
	write_tests two false >x.bats
	ran
	cat log
	[ "$last" = '0 passed, 1 failed, 0 skipped' ]
	! grep -q 'passed when run again' log || false
	grep -qx '  FAIL  two' log
}

@test "a file that is no bats file, or has no test, has failed" {
	write_tests one : two '( [' >x.bats
	ran
	cat log
	[ "$rc" = 1 ]
	: >x.bats
	ran
	cat log
	[ "$rc" = 1 ]
	[ "$last" = '0 passed, 1 failed, 0 skipped' ]
}
