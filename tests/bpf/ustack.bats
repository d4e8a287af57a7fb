# ustack(), jstack(), usym() and the like: names of functions in processes that live, or did.

bats_require_minimum_version 1.5.0

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	# Frame pointers throughout, as the kernel follows nothing else, and a system call that no libc makes for us.
	cat >calls.cc <<-'CODE'
		#include <stdlib.h>
		#include <time.h>
		#include <unistd.h>
		__attribute__((always_inline)) static inline long turn(long nr, void *arg)
		{
			long r;
		#if defined(__aarch64__)
			register long x8 __asm__("x8") = nr;
			register void *x0 __asm__("x0") = arg;
			__asm__ volatile("svc 0" : "=r"(x0) : "r"(x8), "0"(x0) : "memory");
			r = (long)x0;
		#else
			__asm__ volatile("syscall" : "=a"(r) : "0"(nr), "D"(arg) : "rcx", "r11", "memory");
		#endif
			return r;
		}
		#if defined(__aarch64__)
		enum { GETPPID = 173 };
		#else
		enum { GETPPID = 110 };
		#endif
		extern "C" __attribute__((noinline)) long inner(int n)
		{
			/* So that it has a frame, though it calls nothing. */
			__asm__ volatile("" : : "r"(__builtin_frame_address(0)));
			return turn(GETPPID, (void *)&inner) + n;
		}
		namespace shop { template <class T> __attribute__((noinline)) long buy(T n) { return inner(n + 1) * 2; } }
		int main(int, char **argv)
		{
			time_t end = time(NULL) + atoi(argv[1]);
			write(1, "ready\n", 6);
			for (long sum = 0; time(NULL) < end; usleep(10000))
				sum += shop::buy<int>(3);
		}
	CODE
	g++ -O1 -w -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-inline -o calls calls.cc
}

setup() {
	OUT=$(realpath "${OUT:-out}")
	DTRACE=$OUT/toolbox/dtrace
	pids=()
	cd "$BATS_FILE_TMPDIR" || return
	"$DTRACE" -xbackend=bpf -qn 'BEGIN { exit(0); }' >/dev/null 2>&1 || skip "needs a kernel and rights to load BPF programs"
}
teardown() {
	local p
	for p in "${pids[@]}"; do kill -KILL "$p" 2>/dev/null || :; done
}

# run_target COMMAND...: in the background, until it says that it is ready; its pid is $pid.
run_target() {
	: >"$BATS_TEST_TMPDIR/said"
	"$@" >"$BATS_TEST_TMPDIR/said" 2>/dev/null 3>&- &
	pid=$!
	pids+=("$pid")
	for _ in $(seq 400); do
		! grep -q ready "$BATS_TEST_TMPDIR/said" || return 0
		sleep 0.05
	done
	echo "$* does not get ready"
	return 1
}

# trace D: runs it on $pid; what it prints goes to got, what it says to said.
trace() {
	"$DTRACE" -p "$pid" -n "$1" >"$BATS_TEST_TMPDIR/got" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- || {
		cat "$BATS_TEST_TMPDIR/stderr"
		return 1
	}
}
got() { cat "$BATS_TEST_TMPDIR/got" "$BATS_TEST_TMPDIR/stderr"; }
# has PATTERN...: as many lines one after the other.
has() {
	local pattern=$1
	shift
	while [ $# -gt 0 ]; do pattern="$pattern\\n$1"; shift; done
	grep -Pzo "(^|\n)$pattern\n" "$BATS_TEST_TMPDIR/got" >/dev/null || { echo "there is no: $pattern"; got; return 1; }
}

@test "ustack() as a key, traced, and by %k: module, function, offset; C++ names demangled" {
	run_target ./calls 60
	trace 'syscall::getppid:entry { @[ustack()] = count(); } tick-1500ms { exit(0); }'
	has ' {14}calls`inner\+0x[0-9a-f]+' ' {14}calls`long shop::buy<int>\(int\)\+0x[0-9a-f]+' ' {14}calls`main\+0x[0-9a-f]+' \
		' {14}libc\.so\.6`.*'
	trace 'syscall::getppid:entry { ustack(2); printf("<%k>", ustack(1)); exit(0); }'
	has ' {14}calls`inner\+0x[0-9a-f]+' ' {14}calls`long shop::buy<int>\(int\)\+0x[0-9a-f]+' '<' 'calls`inner\+0x[0-9a-f]+' '>.*'
}

@test "usym(), ufunc(), umod(), uaddr()" {
	run_target ./calls 60
	trace 'syscall::getppid:entry { @a[usym(arg0)] = count(); @b[ufunc(arg0)] = count(); @c[umod(arg0)] = count();
		@d[uaddr(arg0)] = count(); @e[uaddr(arg0 + 1)] = count(); @f[usym(1)] = count(); } tick-1500ms { exit(0); }'
	has ' {2}calls`inner {39,} [0-9]+'
	[ "$(grep -cE '^  calls`inner {38,} +[0-9]+$' "$BATS_TEST_TMPDIR/got")" = 3 ] || { got; return 1; }
	has ' {2}calls {39,} +[0-9]+'
	has ' {2}calls`inner\+0x1 +[0-9]+'
	has ' {2}0x1 +[0-9]+'
}

# A profile by function is the guide's example: what each instruction was seen at is added up before it is sorted and printed.
@test "keys by usym(), ufunc() and umod() count a function and a module once" {
	run_target ./calls 60
	trace '#pragma D option quiet
		syscall::getppid:entry { @n = count(); @a[usym(arg0)] = count(); @a[usym(arg0 + 1)] = count(); @b[ufunc(arg0 + 2)] = max(2);
			@b[ufunc(arg0 + 3)] = max(3); @c[umod(arg0)] = quantize(1); @c[umod(arg0 + 1)] = quantize(1);
			@d["x", pid, usym(arg0 + 1)] = sum(1); @d["x", pid, usym(arg0 + 4)] = sum(2); @e[uaddr(arg0)] = count();
			@e[uaddr(arg0 + 1)] = count(); }
		tick-1500ms { exit(0); }
		END { printa("n %@d\n", @n); printa("usym %A %@d\n", @a); printa("ufunc %A %@d\n", @b); printa("umod %A\n%@d", @c);
			printa("sum %s %d %A %@d\n", @d); printa("uaddr %A %@d\n", @e); }'
	[ "$(awk -v pid="$pid" '$1 == "n" { n = $2 }
		$1 == "usym" { print $1, $2, $3 / n } $1 == "ufunc" || $1 == "umod" || $1 == "uaddr" { print $1, $2, $1 == "ufunc" ? $3 : "" }
		$1 == "sum" { print $1, $2, $3 == pid, $4, $5 / n } $2 ~ /^\|@/ { print "buckets", $NF / n }' "$BATS_TEST_TMPDIR/got")" = \
'usym calls`inner 2
ufunc calls`inner 3
umod calls 
buckets 2
sum x 1 calls`inner 3
uaddr calls`inner 
uaddr calls`inner+0x1 ' ] || { got; return 1; }
}

@test "a process that has ended before its stacks are printed keeps their names" {
	run_target ./calls 4
	trace 'syscall::getppid:entry { @[ustack()] = count(); }'
	run kill -0 "$pid"
	[ "$status" != 0 ]
	has ' {14}calls`inner\+0x[0-9a-f]+' ' {14}calls`long shop::buy<int>\(int\)\+0x[0-9a-f]+'
}

# wakes D: traces, and lets the process that sleeps in a system call begin it once more.
wakes() {
	(sleep 1; kill -STOP "$pid"; sleep 0.3; kill -CONT "$pid") 3>&- &
	pids+=("$!")
	trace "$1"
}

@test "code made at run time: names of the perf map, made safe; without one a hint, once" {
	run_target "$OUT/test/progs/jit"
	wakes 'syscall::pause:entry, syscall::ppoll:entry { jstack(); exit(0); } tick-10s { exit(1); }'
	has ' {14}\\033\[31mJS:~handle /srv/app\.js:7:3\+0x[0-9a-f]+'
	[ "$(grep -c 'perf map' "$BATS_TEST_TMPDIR/stderr")" = 0 ]
	rm -f "/tmp/perf-$pid.map"
	wakes 'syscall::pause:entry, syscall::ppoll:entry { jstack(); ustack(); exit(0); } tick-10s { exit(1); }'
	has ' {14}0x[0-9a-f]+'
	[ "$(grep -cx "dtrace: process $pid (jit) runs code that it made itself, and has no perf map that names it: start it so that it writes /tmp/perf-PID.map" "$BATS_TEST_TMPDIR/stderr")" = 1 ] || { got; return 1; }
}

@test "node: JavaScript by name where there is a perf map, else a hint how to get one" {
	command -v node >/dev/null || skip "needs node, which is not installed"
	cat >work.js <<-'CODE'
		function inner(n) { let s = 0; for (let i = 0; i < n; i++) s += Math.sqrt(i); return s }
		function outer() { let t = 0; for (;;) { t += inner(1e5); if (t < 0) break } return t }
		process.stdout.write('ready\n')
		setTimeout(outer, 1)
	CODE
	run_target node --perf-basic-prof work.js
	sleep 2
	trace 'profile-97 /pid == $target/ { @[jstack()] = count(); } tick-2s { exit(0); }'
	rm -f "/tmp/perf-$pid.map"
	has ' {14}JS:[*~^]?(outer|inner) .*work\.js:[12]:[0-9]+\+0x[0-9a-f]+'
	has ' {14}node`node::Start\(int, char\*\*\)\+0x[0-9a-f]+'
	kill -KILL "$pid"
	run_target node work.js
	sleep 2
	trace 'profile-97 /pid == $target/ { @[jstack()] = count(); } tick-2s { exit(0); }'
	grep -qx "dtrace: process $pid (node) runs code that it made itself, and has no perf map that names it: start node with --perf-basic-prof" "$BATS_TEST_TMPDIR/stderr" || { got; return 1; }
	kill -KILL "$pid"
}

@test "processes are found by the numbers of their own pid namespace" {
	[ "$(id -u)" = 0 ] || skip "needs root (a pid namespace)"
	cp calls inside
	unshare --pid --fork --kill-child --mount-proc ./inside 60 >"$BATS_TEST_TMPDIR/said" 3>&- &
	outer=$!
	pids+=("$outer")
	for _ in $(seq 100); do ! grep -q ready "$BATS_TEST_TMPDIR/said" || break; sleep 0.05; done
	inner=$(pgrep -P "$outer")
	# From inside; and from the host, which numbers them otherwise.
	nsenter --target "$inner" --pid --mount "$DTRACE" -n \
		'syscall::getppid:entry { @[pid, ustack()] = count(); } tick-1500ms { exit(0); }' \
		>"$BATS_TEST_TMPDIR/got" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- || { got; return 1; }
	has ' +1 *' ' {14}inside`inner\+0x[0-9a-f]+' ' {14}inside`long shop::buy<int>\(int\)\+0x[0-9a-f]+'
	[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] || return 0
	"$DTRACE" --container "pid:$inner" -n 'syscall::getppid:entry { @[pid, ustack()] = count(); } tick-1500ms { exit(0); }' \
		>"$BATS_TEST_TMPDIR/got" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- || { got; return 1; }
	has ' +1 *' ' {14}inside`inner\+0x[0-9a-f]+' ' {14}inside`long shop::buy<int>\(int\)\+0x[0-9a-f]+'
}
