#!/usr/bin/env bats
# Every call with pointers to strange memory in all places, under strace-lite and strace 6.1 (tests/progs/pretend: none of
# the calls happens). Their lines must be the same, but for what sweep/kept allows and says why.

setup() {
	[ "$(uname -m)" = x86_64 ] || skip "pretend makes calls of x86_64 and i386"
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
	LITE=${STRACE:-${OUT:-out}/toolbox/strace}
	PRETEND=${OUT:-out}/test/progs/pretend
	STRACE_DIR=$BATS_TEST_DIRNAME/../../toolbox/strace
	SWEEP=$BATS_TEST_DIRNAME/sweep
	cd "$BATS_TEST_TMPDIR" || return 1
	# What strace 6.1 has names for.
	grep -aoE '[A-Z][A-Z0-9_]+' "$(command -v strace)" >names
	[ "$(wc -l <names)" -gt 5000 ]
}

# numbers ABI COLUMN: all calls that strace 6.1 knows. Left out: those that end the program or have no line of their own;
# restart_syscall, which strace-lite says more of; uretprobe and uprobe, which seccomp does not stop; the calls that carry
# others (pretend/ipc.call has them).
numbers() {
	awk -v abi="$1" -v column="$2" '
		/^#/ { next }
		$column == "-" || $column > 450 { next }
		$1 ~ /^(exit_group|getpid|restart_syscall|uretprobe|uprobe|rt_sigreturn|sigreturn|ipc|socketcall)$/ { next }
		{ print $column (abi == "i386" ? ":i386" : "") }' "$STRACE_DIR/calls.tbl" | sort -un
}

# trace OUTPUT TRACER OPTION...: one line for each of the $calls calls.
trace() {
	local output=$1 tracer=$2
	shift 2
	TZ=UTC timeout -k 5 300 "$tracer" -a 0 -o trace "$@" "$PRETEND" <script 2>errors || { cat errors; return 1; }
	sed -e '1,/^getpid()/d' -e '/^\[ Process/d' -e '/^exit_group(0)/d' -e '/^+++/d' -e 's/  *= / = /' trace >"$output"
	[ "$(wc -l <"$output")" = "$calls" ]
}

# same ABI COLUMN RESULT FEW BLOCKS OPTION...
same() {
	local abi=$1 column=$2 result=$3 few=$4 blocks=$5
	shift 5
	numbers "$abi" "$column" | awk -v result="$result" -v few="$few" -v blocks="$blocks" -f "$SWEEP/patterns.awk" >script
	calls=$(grep -vc '^@' script)
	trace theirs strace "$@"
	trace ours "$LITE" "$@"
	paste -d '\n' theirs ours >pairs
	awk -f "$SWEEP/judge.awk" names "$SWEEP/kept" pairs
}

@test "calls of x86_64 with strange memory look as under strace 6.1" {
	same x86_64 2 0 '' ''
}

@test "so do those that fail" {
	same x86_64 2 -22 1 ''
}

@test "so do calls of i386" {
	same i386 3 0 '' ''
}

@test "and those of i386 that fail" {
	same i386 3 -22 1 ''
}

@test "so do calls with -v" {
	same x86_64 2 0 1 '' -v
}

@test "so do calls with -X raw" {
	same x86_64 2 0 1 '' -X raw
}

# strace 6.1 itself dies of the signal sets that "text" and "to32" would make.
@test "so do calls with -X verbose" {
	same x86_64 2 0 1 'zero ones rising longs to64' -X verbose
}

@test "so do calls with -x" {
	same x86_64 2 0 1 'rising text' -x
}
