#!/usr/bin/env bats
# bats file_tags=check
# What traced programs depend on, and what a trace says of it. tests/progs/act does it, tests/progs/storm attaches and
# detaches while it goes on.
# shellcheck disable=SC2154,SC2015,SC2016,SC2012,SC2030,SC2031  # bats sets stderr; each test is a subshell
bats_require_minimum_version 1.5.0

setup() {
	LITE=$(realpath "${STRACE:-${OUT:-out}/toolbox/strace}")
	PROGS=$(realpath "${PROGS:-${OUT:-out}/test/progs}")
	ACT=$PROGS/act
	cd "$BATS_TEST_TMPDIR" || return 1
	started=()
}

# Only what the test started is ended.
teardown() {
	local p
	for p in "${started[@]}"; do kill -KILL "$p" 2>/dev/null && wait "$p" 2>/dev/null || true; done
}

# ends STATUS COMMAND...
ends() {
	local want=$1 rc=0
	shift
	timeout -k 5 60 "$@" || rc=$?
	[ "$rc" = "$want" ] || { echo "status $rc, not $want: $*"; return 1; }
}

# named FILE: the trace with P1, P2... for process ids, in the order of their appearance, and without blanks before " = ".
named() {
	awk 'NR == FNR { if (match($0, /^[0-9]+ /) && !($1 in id)) id[$1] = "P" ++n; next }
		{ for (p in id) gsub(p, id[p]); sub(/^P[0-9]+ +/, substr($1, 1) " "); sub(/ +=/, " ="); print }' "$1" "$1"
}

# has FILE LINE...: these lines stand in FILE in this order, others between them.
has() {
	local file=$1 at=0 line n
	shift
	for line; do
		n=$(tail -n "+$((at + 1))" "$file" | grep -Fxn -m 1 -- "$line" | cut -d : -f 1)
		[ -n "$n" ] || { printf 'missing: %s\n' "$line"; cat "$file"; return 1; }
		at=$((at + n))
	done
}

@test "exit status and signal of the program are those of strace" {
	ends 0 "$LITE" -o t "$ACT" exit 0
	ends 77 "$LITE" -o t "$ACT" exit 77
	ends 77 "$LITE" -f -o t -e trace=openat "$ACT" exit 77
	ends 143 "$LITE" -o t "$ACT" kill 15
	has t '+++ killed by SIGTERM +++'
	ends 137 bash -c '"$0" -o t "$1" kill 9; exit $?' "$LITE" "$ACT" 2>/dev/null
	ends 139 bash -c 'ulimit -c unlimited; "$0" -f -o t "$1" kill 11; exit $?' "$LITE" "$ACT" 2>/dev/null
	grep -Eq '^[0-9]+ +\+\+\+ killed by SIGSEGV \+\+\+$' t
}

@test "a program that cannot be run: strace's words and status" {
	run -1 --separate-stderr "$LITE" -o t /nosuch
	[ "$stderr" = "strace: Can't stat '/nosuch': No such file or directory" ]
	: >notexec
	run -1 --separate-stderr "$LITE" -o t ./notexec
	[ "$stderr" = 'strace: exec: Permission denied' ]
	chmod +x notexec && printf '#!/nosuch\n' >notexec
	run -1 --separate-stderr "$LITE" -o t ./notexec
	[ "$stderr" = 'strace: exec: No such file or directory' ]
}

@test "a group stop lasts until SIGCONT, and both are shown" {
	for sig in stop tstp; do
		SIG=SIG${sig^^}
		ends 0 "$LITE" -o t -e trace=getpriority "$ACT" "$sig"
		named t | sed 's/si_pid=[0-9]*/si_pid=N/; s/si_uid=[0-9]*/si_uid=N/' >n
		has n 'getpriority(0x63 /* PRIO_??? */, 0) = -1 EINVAL (Invalid argument)' \
			"--- $SIG {si_signo=$SIG, si_code=SI_TKILL, si_pid=N, si_uid=N} ---" "--- stopped by $SIG ---" \
			'--- SIGCONT {si_signo=SIGCONT, si_code=SI_USER, si_pid=N, si_uid=N} ---' \
			'getpriority(0x63 /* PRIO_??? */, 0) = -1 EINVAL (Invalid argument)' '+++ exited with 0 +++'
		ends 0 "$LITE" -f -o t "$ACT" "$sig"
	done
}

@test "a parent sees its child stop, go on and end as it would without us" {
	ends 0 "$ACT" same >want
	for o in '' -f '-f -e trace=getpriority' '-c -f' '-ff'; do
		# shellcheck disable=SC2086  # options
		ends 0 "$LITE" $o -o t "$ACT" same >got
		diff want got
	done
	[ "$(cat got)" = 'stopped
continued
killed' ]
}

@test "a sleep goes on after a stop, and is interrupted by a handler, as without us" {
	for kind in restart interrupted; do
		"$ACT" "$kind" >want
		ends 0 "$LITE" -f -o t "$ACT" "$kind" >got
		diff want got
	done
	grep -q 'rt_sigreturn({mask=\[\]}) *= -1 EINTR (Interrupted system call)' t
	ends 0 "$LITE" -o t "$ACT" restart >got
	grep -Eq '^restart_syscall\(<\.\.\. resuming interrupted (clock_)?nanosleep \.\.\.>\) += 0$' t
}

@test "execve from a thread: superseded" {
	# -s: the path of the checkout may be longer than what a string shows.
	ends 5 "$LITE" -f -s 4096 -o t -e trace=execve,pause,exit_group "$ACT" thread-exec
	named t | sed 's/, 0x[0-9a-f]* \/\*.*\*\// .../' >n
	diff n - <<-T
	P1 execve("$ACT", ["$ACT", "thread-exec"] ...) = 0
	P1 pause( <unfinished ...>
	P2 execve("/proc/self/exe", ["$ACT", "exit", "5"] ... <unfinished ...>
	P1 <... pause resumed>) = ?
	P1 +++ superseded by execve in pid P2 +++
	P1 <... execve resumed>) = 0
	P1 exit_group(5) = ?
	P1 +++ exited with 5 +++
	T
	ends 5 "$LITE" -f -o t -e trace=execve "$ACT" thread-exec
	named t | grep -q '<pid changed to P1 \.\.\.>$'
	ends 5 "$LITE" -ff -o each "$ACT" thread-exec
	[ "$(ls each.* | wc -l)" = 2 ]
	grep -l 'pid changed to' each.* | xargs tail -n 1 | grep -q '^execve('
	grep -l 'superseded by' each.* | xargs tail -n 1 | grep -Fxq '+++ exited with 5 +++'
}

@test "vfork, threads and children: all their calls, each a file of its own with -ff" {
	ends 4 "$LITE" -f -o t "$ACT" vfork
	[ "$(grep -c 'execve(' t)" = 2 ]
	[ "$(grep -c '+++ exited with 4 +++' t)" = 2 ]
	# With -Y a process that has ended still has its name.
	ends 4 "$LITE" -f -Y -o t -e trace=none "$ACT" vfork
	grep -Eq '^[0-9]+<act> \+\+\+ exited with 4 \+\+\+$' t
	grep -Eq '^[0-9]+<exe> \+\+\+ exited with 4 \+\+\+$' t
	ends 0 "$LITE" -f -o t -e trace=getpriority "$ACT" threads 50
	[ "$(grep -c 'getpriority(' t)" = 50 ]
	[ "$(grep -c '+++ exited with 0 +++' t)" = 51 ]
	ends 0 "$LITE" -ff -o each -e trace=getpriority "$ACT" threads 50
	[ "$(ls each.* | wc -l)" = 51 ]
	[ "$(cat each.* | grep -c '^getpriority(')" = 50 ]
	ends 0 "$LITE" -o t -e trace=getpriority "$ACT" threads 3
	[ "$(cat t)" = '+++ exited with 0 +++' ]
}

@test "calls of i386 in a 64-bit program are shown as such" {
	[ "$(uname -m)" = x86_64 ] || skip "only x86_64 has i386's calls beside its own"
	rc=0
	"$LITE" -o t -e quiet=none "$ACT" i386 || rc=$?
	[ "$rc" != 139 ] || skip "this kernel has no i386 calls"
	named t | sed 's/PID=[0-9]*/PID=N/' >n
	has n '[ Process PID=N runs in 32 bit mode. ]' 'open("/nosuch/file", O_RDONLY) = -1 ENOENT (No such file or directory)' \
		'[ Process PID=N runs in 64 bit mode. ]' 'getpriority(0x63 /* PRIO_??? */, 0) = -1 EINVAL (Invalid argument)'
	grep -q '^getuid()' n || grep -q '^getuid32()' n
	"$LITE" -c -o t "$ACT" i386
	grep -Fxq 'System call usage summary for 32 bit mode:' t
	"$LITE" -f -e trace=open@32 -o t "$ACT" i386
	[ "$(grep -c 'open(' t)" = 1 ]
}

@test "a program with a seccomp filter of its own notices nothing, and its end is shown" {
	"$ACT" refused >want
	for o in '' '-f -e trace=getpriority' '-c'; do
		# shellcheck disable=SC2086  # options
		ends 0 "$LITE" $o -o t "$ACT" refused >got
		diff want got
	done
	ends 159 "$LITE" -o t "$ACT" trapped
	grep -q '^+++ killed by SIGSYS ' t
	ends 159 "$LITE" -f -e trace=getpriority -o t "$ACT" trapped
}

@test "who cannot be attached to: one sentence with the reason" {
	[ "$(id -u)" = 0 ] || skip "needs root, to become somebody else"
	mkfifo ready
	setpriv --reuid 65532 --regid 65532 --clear-groups "$ACT" undumpable >ready 3>&- &
	started+=($!)
	read -r _ <ready
	chmod 755 .
	cp "$LITE" strace
	run -1 setpriv --reuid 65532 --regid 65532 --clear-groups ./strace -p "${started[0]}"
	[[ $output == *"attach: ptrace(PTRACE_SEIZE, ${started[0]}): Operation not permitted: it is not dumpable"* ]]
	run -1 setpriv --reuid 65532 --regid 65532 --clear-groups ./strace -p $$
	[[ $output == *"Operation not permitted: it belongs to user 0 and this is user 65532"* ]]
	run -1 "$LITE" -p 99999999
	[ "$output" = 'strace: attach: ptrace(PTRACE_SEIZE, 99999999): No such process' ]
	"$LITE" -o /dev/null -p "${started[0]}" 3>&- &
	started+=($!)
	for _ in $(seq 100); do grep -q "^TracerPid:.${started[1]}$" "/proc/${started[0]}/status" && break; sleep 0.05; done
	run -1 "$LITE" -p "${started[0]}"
	[[ $output == *"Operation not permitted: process ${started[1]} traces it already" ]]
}

@test "set-user-id programs run without their right, and -u gives it back" {
	[ "$(id -u)" = 0 ] || skip "needs root, to make a set-user-id program"
	chmod 755 .
	cp /usr/bin/id suid && chmod 4755 suid
	cp "$LITE" strace
	findmnt -nT . -o OPTIONS | grep -q nosuid && skip "this file system ignores set-user-id"
	[ "$(setpriv --reuid 65532 --regid 65532 --clear-groups ./suid -u)" = 0 ]
	[ "$(setpriv --reuid 65532 --regid 65532 --clear-groups ./strace -o /dev/null ./suid -u)" = 65532 ]
	[ "$(setpriv --reuid 65532 --regid 65532 --clear-groups ./strace -f -e trace=openat -o /dev/null ./suid -u)" = 65532 ]
	[ "$("$LITE" -o /dev/null -u nobody ./suid -u)" = 0 ]
}

@test "output that cannot be written: the program goes on, strace says so and fails" {
	run -1 "$LITE" -o /dev/full "$ACT" same
	[[ $output == *'strace: Cannot write to /dev/full: No space left on device: tracing ends here'* ]]
	[[ $output == *killed* ]]
	run -7 "$LITE" -f -o /dev/full "$ACT" exit 7
	run -0 "$LITE" -f -o '|head -n 1 >first' "$ACT" threads 2000
	[ "$(wc -l <first)" = 1 ]
	run -5 "$LITE" -ff -o /nosuch/x "$ACT" exit 5
	[[ $output == "strace: Can't fopen '/nosuch/x."*"': No such file or directory" ]]
}

@test "a kernel without PTRACE_GET_SYSCALL_INFO: said, not a silent trace" {
	command -v strace >/dev/null || skip "needs strace to play the old kernel, which is not installed"
	run -1 timeout 20 strace -o /dev/null -e inject=ptrace:error=EIO:when=4 "$LITE" -o /dev/null "$ACT" exit 0
	[[ $output == 'strace: The kernel does not tell system calls (PTRACE_GET_SYSCALL_INFO): Linux 5.3 or newer is needed' ]]
}

@test "strace that is killed leaves nobody stopped or dead; --kill-on-exit does" {
	mkfifo ready
	"$LITE" -f -o /dev/null "$ACT" undumpable >ready 3>&- &
	tracer=$!
	started+=("$tracer")
	read -r _ <ready
	pid=$(pgrep -P "$tracer")
	started+=("$pid")
	kill -KILL "$tracer"
	for _ in $(seq 100); do grep -q '^TracerPid:.0$' "/proc/$pid/status" && break; sleep 0.05; done
	grep -q '^State:.S' "/proc/$pid/status"
	kill -KILL "$pid"
	"$LITE" --kill-on-exit -o /dev/null "$ACT" undumpable >ready 3>&- &
	tracer=$!
	started+=("$tracer")
	read -r _ <ready
	pid=$(pgrep -P "$tracer")
	kill -KILL "$tracer"
	for _ in $(seq 100); do [ -e "/proc/$pid" ] || break; grep -q '^State:.Z' "/proc/$pid/status" && break; sleep 0.05; done
	[ ! -e "/proc/$pid" ] || grep -q '^State:.Z' "/proc/$pid/status"
}

@test "Ctrl-C and Ctrl-Z: the job stops, goes on and ends as one" {
	command -v python3 >/dev/null || skip "needs python3 for a terminal, which is not installed"
	for o in '' -f '-o t' '-f -o t'; do
		# shellcheck disable=SC2086  # options
		ends 0 python3 "$BATS_TEST_DIRNAME/job.py" "$LITE" $o -e trace=none sleep 5
	done
}

# 10,000 in all: 8 kinds, detached by strace and by the kernel.
@test "attach and detach 10,000 times: to who sleeps, runs, stands still, vforks, execs, has threads, gets signals" {
	cycles=${STORM_CYCLES:-625}
	for kind in sleep run stop vfork exec thread-exec threads signals; do
		for sig in 2 9; do
			timeout 300 "$PROGS/storm" "$LITE" "$kind" "$cycles" "$sig" 2>errors || { echo "$kind, signal $sig"; tail -n 3 errors; false; }
		done
	done
}

@test "10,000 threads: attach, see all of them, detach" {
	mkfifo ready
	"$PROGS/many" 10000 >ready 2>errors 3>&- &
	many=$!
	started+=("$many")
	read -r _ <ready || skip "$(cat errors)"
	"$LITE" -f -o t -p "$many" 2>said 3>&- &
	tracer=$!
	started+=("$tracer")
	for _ in $(seq 600); do [ "$(grep -c 'pause(' t 2>/dev/null)" -ge 10000 ] && break; sleep 0.1; done
	[ "$(head -n 1 said)" = "strace: Process $many attached with 10001 threads" ]
	[ "$(grep -c 'pause(' t)" -ge 10000 ]
	kill -INT "$tracer"
	wait "$tracer" || true
	[ "$(grep -c ' detached$' said)" = 10001 ]
	left=$(grep -L '^TracerPid:.0$' "/proc/$many/task/"*/status || true)
	left+=$(grep -l '^State:.[Tt]' "/proc/$many/task/"*/status || true)
	[ -z "$left" ]
}
