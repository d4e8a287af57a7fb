# bats file_tags=check
# The runner of the scripts of D (tests/d/run) must not pass what it should fail.

# A dtrace that does what its script says: lines "out TEXT", "err TEXT", "status N", "args".
setup() {
	export CASES=$BATS_TEST_TMPDIR/cases OUT=$BATS_TEST_TMPDIR/out
	mkdir -p "$CASES/s" "$OUT/toolbox"
	cat >"$OUT/toolbox/dtrace" <<-'TOOL'
		#!/bin/sh
		[ "${1%=*}" != -xbackend ] || { backend=${1#*=}; shift; }
		[ "$1" != -xerrtags ] || shift
		file=$2 status=0
		shift 2
		while read -r what text; do
			case $what in
			out) echo "$text" ;;
			err) echo "$text" >&2 ;;
			args) printf '<%s>' "$@"; echo ;;
			env) echo "${COLUMNS:-none}" ;;
			backend) echo "${backend:-none}" ;;
			status) status=$text ;;
			esac
		done <"$file"
		exit "$status"
	TOOL
	chmod +x "$OUT/toolbox/dtrace"
	cd "$CASES/s" || return
}

scripts() { run "$BATS_TEST_DIRNAME/run" "$@"; }

fails() {
	scripts
	[ "$status" = 1 ] || { echo "$output"; return 1; }
	[[ $output == *'not ok 1 d/s/'*"$1"* ]] || { echo "$output"; return 1; }
}

works() {
	printf '%s\n' 'out a' "err dtrace: script 'tst.case.d' matched 2 probes" >tst.case.d
	echo a >tst.case.want
}

refused() {
	printf '%s\n' 'err dtrace: failed to compile script err.D_SYNTAX.case.d: [D_SYNTAX] line 1: no' 'status 1' >err.D_SYNTAX.case.d
}

@test "scripts of D: those that are as wanted pass, and can be chosen" {
	works
	refused
	echo 'env' >tst.env.d
	echo none >tst.env.want
	printf 'out x\nerr y\nstatus 3\n' >tst.status.d
	echo x >tst.status.want
	echo y >tst.status.err
	echo 3 >tst.status.status
	echo args >tst.args.d
	echo "-x 'a b' ''" >tst.args.args
	echo '<-x><a b><>' >tst.args.want
	echo 'echo "$DTRACE"' >tst.shell.sh
	echo "$OUT/toolbox/dtrace" >tst.shell.want
	mkdir _shared
	COLUMNS=7 scripts
	[ "$status" = 0 ] || { echo "$output"; false; }
	[ "${lines[0]}" = 1..6 ]
	scripts -k case
	[ "${lines[0]}" = 1..2 ]
	scripts s/tst.case.d
	[ "$output" = "1..1
ok 1 d/s/tst.case.d" ]
	scripts s/nothing.d
	[ "$status" = 2 ]
}

@test "scripts of D: other output, other errors and another status fail" {
	works
	printf a >tst.case.want
	fails 'standard output differs'
	works
	echo 'err more' >>tst.case.d
	fails 'standard error differs'
	works
	echo 'status 1' >>tst.case.d
	fails 'status is 1, wanted 0'
	works
	echo 'the notice counts here' >tst.case.err
	fails 'standard error differs'
	rm tst.case.want tst.case.err
	fails 'tst.case.want is missing'
}

@test "scripts of D: what compiles, or fails for another reason, fails" {
	refused
	sed -i '/^status/d' err.D_SYNTAX.case.d
	fails 'status is 0, wanted 1'
	refused
	sed -i 's/\[D_SYNTAX\]/[D_EMPTY]/' err.D_SYNTAX.case.d
	fails 'wanted one message'
	refused
	echo 'err and another' >>err.D_SYNTAX.case.d
	fails 'wanted one message'
	refused
	echo 'out x' >>err.D_SYNTAX.case.d
	fails 'standard output differs'
	refused
	echo 'other words' >err.D_SYNTAX.case.want
	fails 'standard error differs'
	rm err.*
	echo 'status 1' >err.D_NO_SUCH_TAG.case.d
	fails 'there is no tag D_NO_SUCH_TAG'
}

@test "scripts of D: parts without a script, and names that are none, fail" {
	: >tst.lost.want
	fails 'tst.lost.want belongs to no script'
	rm tst.lost.want
	: >case.d
	fails 'case.d is no part of a case'
	rm case.d
	: >err.nothing.d
	fails 'err.nothing.d is no part of a case'
}

@test "scripts of D: without a dtrace, nothing passes" {
	works
	rm "$OUT/toolbox/dtrace"
	scripts
	[ "$status" = 1 ]
	[[ $output == *'is missing'* ]]
	scripts --what
	[ "$status" = 2 ]
}

@test "scripts of D: several at once are as many, in their order" {
	for i in 1 2 3 4 5 6 7; do
		echo "out $i" >"tst.n$i.d"
		echo "$i" >"tst.n$i.want"
	done
	echo 5 >tst.n4.want
	scripts -j 3
	[ "$status" = 1 ]
	[ "${lines[0]}" = 1..7 ]
	[ "$(grep -c '^ok' <<<"$output")" = 6 ]
	[ "$(grep '^not ok' <<<"$output")" = 'not ok 4 d/s/tst.n4.d' ]
	[ "$(grep -o '[0-9] d/' <<<"$output" | tr -d ' d/\n')" = 1234567 ]
	scripts -j 0
	[ "$status" = 2 ]
}

@test "scripts of D: through the kernel, but those that are left out with a reason" {
	echo backend >tst.which.d
	echo bpf >tst.which.want
	echo 'status 9' >tst.never.d
	: >tst.never.want
	refused
	printf '# comment\ns/tst.never.d\tit cannot be\n' >"$CASES/_not-in-kernel"
	BACKEND=bpf scripts
	[ "$status" = 0 ] || { echo "$output"; false; }
	[ "$output" = '1..2
ok 1 d by bpf/s/tst.never.d # skip it cannot be
ok 2 d by bpf/s/tst.which.d' ]
	echo none >tst.which.want
	scripts s/tst.which.d
	[ "$status" = 0 ]
	printf 's/tst.gone.d\tit was here\n' >"$CASES/_not-in-kernel"
	BACKEND=bpf scripts
	[ "$status" = 1 ]
	[[ $output == *'there is no s/tst.gone.d'* ]]
	BACKEND=other scripts
	[ "$status" = 2 ]
}
