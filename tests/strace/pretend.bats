#!/usr/bin/env bats
# bats file_tags=check
# Calls that never happen (tests/progs/pretend) and the lines that a tracer must show for them: behind `> ` for both
# strace-lite and strace 6.1, behind `lite> ` and `6.1> ` where they differ, which is where strace-lite knows names that are
# newer. strace 6.1 is the check of the test.

setup() {
	[ "$(uname -m)" = x86_64 ] || skip "pretend makes calls of x86_64 and i386"
	LITE=${STRACE:-${OUT:-out}/toolbox/strace}
	PRETEND=${OUT:-out}/test/progs/pretend
	DIR=$BATS_TEST_DIRNAME/pretend
	cd "$BATS_TEST_TMPDIR" || return 1
}

need_strace_6_1() {
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
}

# lines SCRIPT OPTION... : what TRACER says of the calls of SCRIPT. The program's own call of getpid comes before them.
lines() {
	local script=$1
	shift
	TZ=UTC timeout -k 5 400 "$TRACER" -a 0 -o trace "$@" "$PRETEND" <"$script" 2>errors || {
		echo "status $? of $TRACER with $script:" >&2
		tail -n 5 errors trace >&2
		return 1
	}
	sed -e '1,/^getpid()/d' -e '/^\[ Process/d' -e '/^exit_group(0)/d' -e '/^+++/d' -e 's/  *= / = /' trace
}

# must_show TRACER MARK SCRIPT
must_show() {
	TRACER=$1
	grep -v "^\(6\.1\|lite\|\)> " "$3" >script
	sed -n "s/^\($2\|\)> //p" "$3" >want
	[ -s want ] || { echo "$3 wants no lines"; return 1; }
	lines script >got
	diff -u want got
}

@test "strings, paths and vectors are shown as strace shows them" {
	must_show "$LITE" lite "$DIR/strings.call"
}

@test "so are errors" {
	must_show "$LITE" lite "$DIR/errors.call"
}

@test "so are calls of administration, ids and i386's halves of numbers" {
	must_show "$LITE" lite "$DIR/system.call"
}

@test "so are the calls within socketcall and ipc" {
	must_show "$LITE" lite "$DIR/ipc.call"
}

@test "so are poll, select and epoll, with what came of them" {
	must_show "$LITE" lite "$DIR/poll.call"
}

@test "so are addresses of sockets, and calls that fill them" {
	must_show "$LITE" lite "$DIR/sockaddr.call"
	must_show "$LITE" lite "$DIR/socket.call"
}

@test "so are options of sockets" {
	must_show "$LITE" lite "$DIR/sockopt.call"
}

@test "so are messages with control messages" {
	must_show "$LITE" lite "$DIR/message.call"
}

@test "so is every call with numbers that lead nowhere" {
	must_show "$LITE" lite "$DIR/every.call"
}

@test "strace 6.1 shows what the scripts say of it" {
	need_strace_6_1
	for script in "$DIR"/*.call; do
		must_show strace '6\.1' "$script"
	done
}

@test "-s and -e verbose hold for names of threads and for numbers behind pointers" {
	printf '%s\n' '@long = "abcd" 00' '@three = "abc" 00' '@id = 0500000000000000' '157 15 @long 0 0 0 = 0' '157 16 @long 0 0 0 = 0' \
		'157 16 @three 0 0 0 = 0' '157 40 @id 0 0 0 = 0' '56 0x01100000 0 @id 0 0 = 77' >script
	TRACER=$LITE lines script -s 3 >got
	TRACER=$LITE lines script -e verbose=none | sed 's/0x1[0-9a-f]*/ADDR/' >>got
	diff got - <<-'WANT'
	prctl(PR_SET_NAME, "abc"...) = 0
	prctl(PR_GET_NAME, "abc"...) = 0
	prctl(PR_GET_NAME, "abc") = 0
	prctl(PR_GET_TID_ADDRESS, [0x5]) = 0
	clone(child_stack=NULL, flags=CLONE_PARENT_SETTID|CLONE_CHILD_SETTID, parent_tid=[5], child_tidptr=NULL) = 77
	prctl(PR_SET_NAME, "abcd") = 0
	prctl(PR_GET_NAME, "abcd") = 0
	prctl(PR_GET_NAME, "abc") = 0
	prctl(PR_GET_TID_ADDRESS, ADDR) = 0
	clone(child_stack=NULL, flags=CLONE_PARENT_SETTID|CLONE_CHILD_SETTID, parent_tid=ADDR, child_tidptr=NULL) = 77
	WANT
}

# Each bit alone in all arguments of each call. Where the lines differ, strace 6.1 must have had no name for something:
# a comment with ???, or a number in hex among names.
@test "names of flags are strace's, bit by bit, but for newer ones" {
	need_strace_6_1
	awk '/^[0-9]+ 1 2 3 4 5 6 / {
		for (b = 0; b < 32; b++) {
			if (b == 22) continue # pretend itself lies there: no number that leads nowhere
			v = sprintf("%.0f", 2 ^ b)
			print $1, v, v, v, v, v, v, "= -38"
		}
	}' "$DIR/every.call" >script
	TRACER=strace lines script >want
	TRACER=$LITE lines script >got
	[ "$(wc -l <want)" -gt 10000 ]
	[ "$(wc -l <want)" = "$(wc -l <got)" ]
	paste -d '\n' want got | awk '
		NR % 2 { want = $0; next }
		want == $0 { same++; next }
		want ~ /\?\?|[(|, ]0x[0-9a-f]+[,)]/ { newer++; next }
		{ print "- " want; print "+ " $0; bad = 1 }
		END { print same " lines are the same, " newer " have a newer name"; exit bad || newer > same / 20 }'
}
