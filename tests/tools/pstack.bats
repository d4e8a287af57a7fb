# pstack beside gdb, on programs of every kind, and what it leaves behind: nothing.

bats_require_minimum_version 1.5.0

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	cat >threads.c <<-'CODE'
		#include <pthread.h>
		#include <stdio.h>
		#include <stdlib.h>
		#include <string.h>
		#include <unistd.h>
		static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
		__attribute__((noinline)) static void descend(int n)
		{
			volatile char room[64];
			memset((char *)room, n, sizeof(room));
			if (n > 0)
				descend(n - 1);
			else
				pthread_mutex_lock(&lock);
			room[1] = room[0];
		}
		static void *worker(void *arg) { descend(10); return arg; }
		int main(int argc, char **argv)
		{
			pthread_attr_t small;
			pthread_t t;
			pthread_mutex_lock(&lock);
			pthread_attr_init(&small);
			pthread_attr_setstacksize(&small, 65536);
			for (int i = 0; i < atoi(argv[1]); i++)
				pthread_create(&t, &small, worker, NULL);
			sleep(1);
			write(1, "ready\n", 6);
			if (argc > 2)
				pthread_exit(NULL);
			for (;;)
				pause();
		}
	CODE
	cat >throws.cc <<-'CODE'
		#include <stdexcept>
		#include <unistd.h>
		static volatile bool forever = true;
		static void stay() { write(1, "ready\n", 6); while (forever) pause(); }
		struct Guard { ~Guard() { stay(); } };
		namespace shop { template <class T> __attribute__((noinline)) void buy(T t) { Guard g; throw std::runtime_error("sold out"); } }
		__attribute__((noinline)) static void careless() { throw 1; }
		int main(int argc, char **)
		{
			if (argc > 1) {
				std::set_terminate(stay);
				careless();
			}
			try { shop::buy<int>(3); } catch (const std::exception &) { return 1; }
		}
	CODE
	# Says at the end how long it stood still at most, in milliseconds.
	cat >clock.c <<-'CODE'
		#include <pthread.h>
		#include <signal.h>
		#include <stdio.h>
		#include <time.h>
		#include <unistd.h>
		static volatile sig_atomic_t end;
		static void stop(int sig) { end = sig; }
		static void *sleeper(void *arg) { for (;;) pause(); return arg; }
		static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
		int main(void)
		{
			pthread_t t;
			double last, most = 0;
			pthread_attr_t small;
			pthread_attr_init(&small);
			pthread_attr_setstacksize(&small, 65536);
			signal(SIGTERM, stop);
			for (int i = 0; i < 1000; i++)
				pthread_create(&t, &small, sleeper, NULL);
			write(1, "ready\n", 6);
			for (last = now(); !end;) {
				double t1 = now();
				if (t1 - last > most)
					most = t1 - last;
				last = t1;
			}
			printf("%d\n", (int)most);
			return 0;
		}
	CODE
	# Nothing of a 32-bit libc is needed.
	cat >small.c <<-'CODE'
		static int call(int n, int a, int b, int c)
		{
			int r;
			__asm__ volatile("int $0x80" : "=a"(r) : "a"(n), "b"(a), "c"(b), "d"(c) : "memory");
			return r;
		}
		__attribute__((noinline)) int inner(int n)
		{
			volatile char room[32];
			for (room[0] = (char)n;;)
				call(29, 0, 0, 0);
			return room[0];
		}
		__attribute__((noinline)) int middle(int n) { return inner(n + 1) * 2 + n; }
		__attribute__((noinline)) int outer(int n) { return middle(n + 1) + 1; }
		void _start(void)
		{
			call(4, 1, (int)"ready\n", 6);
			call(1, outer(3) + 1, 0, 0);
		}
	CODE
	cat >born.c <<-'CODE'
		#include <unistd.h>
		__attribute__((noinline)) static int bear(int n)
		{
			volatile int x = n;
			pid_t p = vfork();
			if (p == 0) {
				write(1, "ready\n", 6);
				sleep(60);
				_exit(0);
			}
			return x + p;
		}
		int main(void) { return bear(3) == 1; }
	CODE
	cat >lock.go <<-'CODE'
		package main

		import (
			"fmt"
			"sync"
			"time"
		)

		var mu sync.Mutex

		//go:noinline
		func holdsTheLock(started chan bool) {
			mu.Lock()
			started <- true
			time.Sleep(time.Hour)
			mu.Unlock()
		}

		//go:noinline
		func wantsTheLock() {
			mu.Lock()
			mu.Unlock()
		}

		func main() {
			started := make(chan bool)
			go holdsTheLock(started)
			<-started
			for i := 0; i < 999; i++ {
				go wantsTheLock()
			}
			time.Sleep(300 * time.Millisecond)
			fmt.Println("ready")
			select {}
		}
	CODE
	gcc -O1 -w -o born born.c
	gcc -O1 -w -pthread -o threads threads.c
	gcc -O1 -w -pthread -o clock clock.c
	g++ -O1 -w -o throws throws.cc
}

setup() {
	OUT=$(realpath "${OUT:-out}")
	PSTACK=$OUT/toolbox/pstack
	export LC_ALL=C
	unset NATIVE_ROOT
	pids=()
	cd "$BATS_FILE_TMPDIR" || return
}
teardown() {
	local p
	for p in "${pids[@]}"; do kill -KILL "$p" 2>/dev/null || :; done
}

# run_target COMMAND...: in the background, until it says that it is ready; its pid is $pid.
run_target() {
	# An earlier target's word is not this one's.
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

show() { "$PSTACK" "$@" "$pid" >"$BATS_TEST_TMPDIR/got"; }
got() { cat "$BATS_TEST_TMPDIR/got"; }
lines() { grep -cE -- "$1" "$BATS_TEST_TMPDIR/got" || :; }
# has N PATTERN: as many lines; complains with all of it.
has() { [ "$(lines "$2")" = "$1" ] || { echo "expected $1 of '$2', got $(lines "$2")"; got; return 1; }; }
states() { sed -n 's/^State:\t\(.\).*/\1/p' /proc/"$pid"/task/*/status | sort | uniq -c | tr -s ' \n' ' '; }

@test "threads: a line for each, and each one's whole stack" {
	run_target ./threads 5
	show
	[ "$(head -n 1 "$BATS_TEST_TMPDIR/got")" = "$pid:	./threads 5" ]
	has 6 '^-----------------  lwp# [0-9]+ / threads  --------------------$'
	has 55 '^ [0-9a-f]{16} descend \(\) \+ [0-9a-f]+ \[threads\]$'
	has 5 '^ [0-9a-f]{16} worker \(\) '
	has 5 '^ [0-9a-f]{16} pthread_mutex_lock \(\) \+ [0-9a-f]+ \[libc'
	has 1 '^ [0-9a-f]{16} main \(\) '
	has 0 '\?$'
}

@test "threads: frame by frame the addresses that gdb finds" {
	command -v gdb >/dev/null || skip "needs gdb, which is not installed"
	run_target ./threads 3
	show
	gdb -p "$pid" -batch -nx -ex 'set backtrace past-main on' \
		-iex 'set debug-file-directory /nonexistent' -ex 'thread apply all -ascending bt -frame-info location-and-address' >"$BATS_TEST_TMPDIR/gdb" 2>/dev/null
	# Without debug files, so that inlined functions are no frames of their own.
	sed -nE 's/^#[0-9]+ +0x([0-9a-f]{16}) in .*/\1/p' "$BATS_TEST_TMPDIR/gdb" >"$BATS_TEST_TMPDIR/want"
	sed -nE 's/^ ([0-9a-f]{16}) .*/\1/p' "$BATS_TEST_TMPDIR/got" >"$BATS_TEST_TMPDIR/have"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/want")" -gt 40 ] || { cat "$BATS_TEST_TMPDIR/gdb"; return 1; }
	diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/have"
}

@test "--snapshot: the same stacks; --no-stop: the same as far as a sleeper's registers lead" {
	run_target ./threads 5
	show
	cp "$BATS_TEST_TMPDIR/got" "$BATS_TEST_TMPDIR/plain"
	show --snapshot
	diff "$BATS_TEST_TMPDIR/plain" "$BATS_TEST_TMPDIR/got"
	show --no-stop
	has 6 '^-----------------  lwp# '
	has 5 '^ [0-9a-f]{16} worker \(\) '
	has 1 '^ [0-9a-f]{16} main \(\) '
}

@test "C++: an exception in flight, names demangled" {
	run_target ./throws
	show
	has 1 '^ [0-9a-f]{16} .*shop::buy<int>\(int\) \+ [0-9a-f]+ \[throws\]$'
	has 1 '^ [0-9a-f]{16} main \(\) '
	run_target ./throws uncaught
	show
	has 1 '^ [0-9a-f]{16} __cxa_throw \(\) \+ [0-9a-f]+ \[libstdc'
	has 1 '^ [0-9a-f]{16} careless\(\) \+ [0-9a-f]+ \[throws\]$'
	has 1 '^ [0-9a-f]{16} main \(\) '
}

@test "static musl without any table: the frames are found, and those guessed are marked" {
	[ -x "$OUT/sysroot/bin/musl-gcc" ] || skip "needs $OUT/sysroot (make)"
	"$OUT/sysroot/bin/musl-gcc" -w -O1 -static -o static threads.c
	run_target ./static 2
	show
	has 22 '^ [0-9a-f]{16} descend \(\) .*\[static\]'
	has 2 '^ [0-9a-f]{16} worker \(\) '
	has 1 '^ [0-9a-f]{16} main \(\) '
	[ "$(lines ' \?$')" -gt 0 ]
}

@test "stripped: module and offset; with .gnu_debugdata: names" {
	nm threads | awk '$2 ~ /[Tt]/ { print $3 }' >keep
	objcopy -S --keep-symbols=keep threads mini
	xz -k -f -c mini >mini.xz
	strip -o bare threads
	run_target ./bare 2
	show
	has 0 'descend'
	has 26 '^ [0-9a-f]{16} /.*/bare\+0x[0-9a-f]+ \[build-id [0-9a-f]{40}\]$'
	objcopy --add-section .gnu_debugdata=mini.xz bare packed
	run_target ./packed 2
	show
	has 22 '^ [0-9a-f]{16} descend \(\) .*\[packed\]$'
}

@test "a deleted executable, and one that never had a name" {
	cp threads gone
	run_target ./gone 1
	rm gone
	show
	has 11 '^ [0-9a-f]{16} descend \(\) .*\[gone \(deleted\)\]$'
	: >"$BATS_TEST_TMPDIR/said"
	python3 -c 'if 1:
		import os
		n = os.memfd_create("secret")
		os.write(n, open("threads", "rb").read())
		os.execv("/proc/self/fd/%d" % n, ["secret", "1"])' >"$BATS_TEST_TMPDIR/said" 2>/dev/null 3>&- &
	pid=$!
	pids+=("$pid")
	for _ in $(seq 100); do ! grep -q ready "$BATS_TEST_TMPDIR/said" || break; sleep 0.05; done
	show
	has 11 '^ [0-9a-f]{16} descend \(\) .*\[memfd:secret \(deleted\)\]$'
}

@test "a leader that has ended, with threads that live" {
	run_target ./threads 3 leave
	sleep 0.2
	show
	has 1 '^ \(ended; its other threads go on\)$'
	has 33 '^ [0-9a-f]{16} descend \(\) '
	show --no-stop
	has 1 '^ \(ended; its other threads go on\)$'
}

@test "1000 threads: all of them, and the process stands still for a moment only" {
	run_target ./threads 1000
	show
	has 1001 '^-----------------  lwp# '
	has 11000 '^ [0-9a-f]{16} descend \(\) '
	has 0 'did not stop'
	run_target ./clock
	show
	has 1001 '^-----------------  lwp# '
	show --snapshot
	kill -TERM "$pid"
	for _ in $(seq 100); do [ "$(wc -l <"$BATS_TEST_TMPDIR/said")" = 1 ] || break; sleep 0.05; done
	# 50 ms, and what a busy machine adds.
	[ "$(tail -n 1 "$BATS_TEST_TMPDIR/said")" -le 100 ] || { cat "$BATS_TEST_TMPDIR/said"; return 1; }
}

@test "Go: goroutines by name, beside the threads" {
	command -v containerd >/dev/null || skip "needs containerd (a Go program with symbols), which is not installed"
	containerd --root "$BATS_TEST_TMPDIR/r" --state "$BATS_TEST_TMPDIR/s" --address "$BATS_TEST_TMPDIR/sock" >/dev/null 2>&1 3>&- &
	pid=$!
	pids+=("$pid")
	for _ in $(seq 200); do [ ! -S "$BATS_TEST_TMPDIR/sock" ] || break; sleep 0.05; done
	show
	has 1 '^-----------------  goroutine# 1 / (waiting|runnable)  --------------------$'
	has 1 '^ [0-9a-f]{16} main\.main \(\) '
	[ "$(lines '^ [0-9a-f]{16} runtime\.futex')" -gt 1 ]
	[ "$(lines '^ [0-9a-f]{16} runtime\.gopark \(\) ')" -gt 5 ]
	# A goroutine begins at goexit, or the way was lost.
	[ "$(lines '^ [0-9a-f]{16} runtime\.goexit')" -ge "$(lines '^ [0-9a-f]{16} runtime\.gopark \(\) ')" ] || { got; return 1; }
}

# go_program NAME [GO BUILD OPTION]...
go_program() {
	command -v go >/dev/null || skip "needs go, which is not installed"
	GO111MODULE=off GOFLAGS='' GOCACHE=$BATS_FILE_TMPDIR/gocache go build -o "$1" "${@:2}" lock.go
}

@test "Go: of 1000 goroutines the one that holds the lock; with symbols, without, without section headers" {
	go_program lock
	go_program bare -ldflags '-s -w'
	go_program pie -buildmode=pie -ldflags '-s -w'
	python3 -c 'd = bytearray(open("bare", "rb").read()); d[40:48] = bytes(8); d[58:64] = bytes(6); open("headless", "wb").write(d)'
	chmod +x headless
	for program in lock bare pie headless; do
		run_target "./$program"
		for how in --max=500 --snapshot --no-stop; do
			show "$how"
			has 1 "^ [0-9a-f]{16} main\\.holdsTheLock \\(\\) \\+ [0-9a-f]+ \\[$program\\]\$"
			has 999 '^ [0-9a-f]{16} main\.wantsTheLock \(\) '
			has 1 '^ [0-9a-f]{16} main\.main \(\) '
			[ "$(lines '^ [0-9a-f]{16} runtime\.futex')" -gt 1 ]
		done
		kill -KILL "$pid"
	done
}

@test "i386: frame by frame what gdb finds, also where nothing is stopped" {
	[ "$(uname -m)" = x86_64 ] || skip "needs a machine that runs i386 programs"
	gcc -m32 -O1 -w -nostdlib -static -fno-pie -no-pie -o small small.c
	gcc -m32 -O1 -w -nostdlib -static-pie -fpie -o smallpie small.c
	for program in small smallpie; do
		run_target "./$program"
		show
		[ "$(sed -nE 's/^ [0-9a-f]{8}([0-9a-f]{8}) ([a-z_]*) .*/\2/p' "$BATS_TEST_TMPDIR/got" | xargs)" = 'inner middle outer _start' ] || { got; return 1; }
		sed -nE 's/^ [0-9a-f]{8}([0-9a-f]{8}) .*/\1/p' "$BATS_TEST_TMPDIR/got" >"$BATS_TEST_TMPDIR/have"
		if command -v gdb >/dev/null; then
			gdb -p "$pid" -batch -nx -ex 'bt -frame-info location-and-address' 2>/dev/null |
				sed -nE 's/^#[0-9]+ +0x([0-9a-f]{8}) in .*/\1/p' >"$BATS_TEST_TMPDIR/want"
			diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/have"
		fi
		cp "$BATS_TEST_TMPDIR/got" "$BATS_TEST_TMPDIR/plain"
		show --snapshot
		diff "$BATS_TEST_TMPDIR/plain" "$BATS_TEST_TMPDIR/got"
		show --no-stop
		diff "$BATS_TEST_TMPDIR/plain" "$BATS_TEST_TMPDIR/got"
	done
}

@test "symbols in files of their own: by build id, by .gnu_debuglink, in the process's root, and only the right ones" {
	[ "$(id -u)" = 0 ] || skip "needs root (another root directory)"
	root=$BATS_TEST_TMPDIR/root
	mkdir -p "$root/bin" "$root/usr/lib/debug/.build-id" "$root/usr/lib/debug/bin"
	gcc -O1 -w -static -pthread -Wl,--build-id -o id threads.c
	gcc -O1 -w -static -pthread -Wl,--build-id=none -o link threads.c
	for p in id link; do
		objcopy --only-keep-debug "$p" "$p.debug"
		strip -o "$root/bin/$p" "$p"
	done
	objcopy --add-gnu-debuglink=link.debug "$root/bin/link"
	id=$(readelf -n id | sed -n 's/.*Build ID: //p')
	mkdir -p "$root/usr/lib/debug/.build-id/${id:0:2}"
	file=$root/usr/lib/debug/.build-id/${id:0:2}/${id:2}.debug

	run_target chroot "$root" /bin/id 2
	show
	has 0 'descend'
	[ "$(lines "^ [0-9a-f]{16} .*/bin/id\\+0x[0-9a-f]+ \\[build-id $id\\]")" -gt 20 ]
	cp id.debug "$file"
	show
	has 22 '^ [0-9a-f]{16} descend \(\) .*\[id\]$'
	# Another program's, a pipe, a link that leaves the root.
	cp link.debug "$file"
	show
	has 0 'descend'
	rm "$file"
	mkfifo "$file"
	show
	has 0 'descend'
	rm "$file"
	cp id.debug "$BATS_TEST_TMPDIR/outside"
	ln -s "../../../../../../../../../../../../$BATS_TEST_TMPDIR/outside" "$file"
	show
	has 0 'descend'
	mkdir -p "$root$BATS_TEST_TMPDIR"
	cp id.debug "$root$BATS_TEST_TMPDIR/outside"
	show
	has 22 '^ [0-9a-f]{16} descend \(\) .*\[id\]$'

	run_target chroot "$root" /bin/link 2
	show
	has 0 'descend'
	for place in "$root/bin" "$root/bin/.debug" "$root/usr/lib/debug/bin"; do
		mkdir -p "$place"
		cp link.debug "$place/"
		show
		has 22 '^ [0-9a-f]{16} descend \(\) .*\[link\]$'
		printf x >>"$place/link.debug"
		show
		has 0 'descend'
		rm "$place/link.debug"
	done
}

@test "code made at run time: names of the perf map, by the number that the process has in its own namespace" {
	[ "$(id -u)" = 0 ] || skip "needs root (a pid namespace)"
	run_target "$OUT/test/progs/jit"
	show
	rm -f "/tmp/perf-$pid.map"
	has 1 '^ [0-9a-f]{16} \\033\[31mJS:~handle /srv/app.js:7:3 \(\) \+ [0-9a-f]+ \[perf-'"$pid"'\.map\]$'
	has 1 '^ [0-9a-f]{16} interpret[.a-z0-9]* \(\) '
	has 1 '^ [0-9a-f]{16} main \(\) '
	show
	has 1 '^ [0-9a-f]{16} \?{8} \(made at run time, without a perf map\)$'
	has 1 '^ [0-9a-f]{16} interpret[.a-z0-9]* \(\) '
	: >"$BATS_TEST_TMPDIR/said"
	root=$BATS_TEST_TMPDIR/root
	mkdir -p "$root/tmp" "$root/bin"
	cp "$OUT/test/progs/jit" "$root/bin"
	# shellcheck disable=SC2016  # of the inner shell
	unshare --pid --fork --kill-child sh -c 'chroot "$1" /bin/jit & wait' sh "$root" >"$BATS_TEST_TMPDIR/said" 3>&- &
	outer=$!
	pids+=("$outer")
	for _ in $(seq 100); do ! grep -q ready "$BATS_TEST_TMPDIR/said" || break; sleep 0.05; done
	pid=$(pgrep -P "$(pgrep -P "$outer")")
	show
	has 1 'JS:~handle /srv/app.js:7:3 \(\) \+ [0-9a-f]+ \[perf-2\.map\]$'
}

@test "node: functions of JavaScript with --perf-basic-prof; without it its C++ and builtins, and what is missing" {
	command -v node >/dev/null || skip "needs node, which is not installed"
	cat >work.js <<-'CODE'
		function inner(n) { let s = 0; for (let i = 0; i < n; i++) s += Math.sqrt(i); return s }
		function outer() { let t = 0; for (;;) { t += inner(1e5); if (t < 0) break } return t }
		process.stdout.write('ready\n')
		setTimeout(outer, 1)
	CODE
	run_target node --perf-basic-prof work.js
	sleep 2
	show
	rm -f "/tmp/perf-$pid.map"
	[ "$(lines '^ [0-9a-f]{16} JS:[*~^]?(outer|inner) .*work\.js:[12]:[0-9]+ \(\).* \[perf-'"$pid"'\.map\]$')" -ge 1 ] || { got; return 1; }
	has 1 '^ [0-9a-f]{16} node::Start\(int, char\*\*\) '
	has 1 '^ [0-9a-f]{16} _start \(\) '
	kill -KILL "$pid"
	run_target node work.js
	sleep 2
	show
	[ "$(lines 'made at run time, without a perf map')" -ge 1 ] || { got; return 1; }
	has 1 '^ [0-9a-f]{16} node::Start\(int, char\*\*\) '
	kill -KILL "$pid"
}

@test "state D: the stack by where it sleeps; one that locks its memory is shown by its states, soon" {
	run_target ./born
	show
	has 1 '^ \(cannot be stopped: state D(, waits in [a-z_0-9.]+)?\)$'
	has 1 '^ [0-9a-f]{16} (__)?vfork \(\) '
	has 1 '^ [0-9a-f]{16} bear \(\) '
	has 1 '^ [0-9a-f]{16} main \(\) '
	pkill -KILL -P "$pid"
	[ "$(id -u)" = 0 ] && [ -w /dev/fuse ] || skip "the rest needs root and /dev/fuse"

	: >"$BATS_TEST_TMPDIR/file"
	run_target unshare --mount --propagation private "$OUT/test/progs/holdmm" "$BATS_TEST_TMPDIR/file"
	server=$(awk '{ print $2 }' "$BATS_TEST_TMPDIR/said")
	pids+=("$server")
	sleep 0.5
	begin=$(date +%s)
	run -1 --separate-stderr "$PSTACK" "$pid"
	[ $(($(date +%s) - begin)) -lt 20 ]
	[[ $stderr == "pstack: process $pid: its memory cannot be read now, a thread that waits in the kernel holds the lock: "* ]]
	[ "$(grep -c '^-----------------  lwp# [0-9]* / holdmm  -' <<<"$output")" = 3 ]
	[ "$(grep -cE '^ \(state S(, waits in .*)?\)$' <<<"$output")" = 2 ]
	[ "$(grep -cE '^ \(state D(, waits in .*)?\)$' <<<"$output")" = 1 ]
	kill -KILL "$server"
	kill -KILL "$pid"

	# Its stack lies where nobody answers: not even then it is held.
	run_target unshare --mount --propagation private "$OUT/test/progs/holdmm" "$BATS_TEST_TMPDIR/file" stack
	server=$(awk '{ print $2 }' "$BATS_TEST_TMPDIR/said")
	pids+=("$server")
	for how in --max=9 --snapshot; do
		show "$how"
		has 1 '^ [0-9a-f]{16} .*\[holdmm\]'
		grep -q '^State:	S' "/proc/$pid/status"
	done
	kill -KILL "$server"
}

@test "10000 threads" {
	[ "$(cat /proc/sys/kernel/threads-max)" -gt 20000 ] || skip "needs more threads than this machine allows"
	run_target ./threads 10000 leave
	show
	has 10001 '^-----------------  lwp# '
	has 110000 '^ [0-9a-f]{16} descend \(\) '
	has 0 'stopped|ended meanwhile|traced'
	[ "$(states)" = ' 10000 S 1 Z ' ]
}

@test "whatever happens to pstack, the process goes on as it was" {
	run_target ./threads 50
	before=$(states)
	[ "$before" = " 51 S " ]
	for i in $(seq 30); do
		"$PSTACK" "$pid" >/dev/null 3>&- &
		victim=$!
		sleep "0.0$((i % 4))"
		kill -KILL "$victim" 2>/dev/null || :
		wait "$victim" 2>/dev/null || :
	done
	"$PSTACK" "$pid" >/dev/full 2>/dev/null || :
	"$PSTACK" "$pid" | head -n 1 >/dev/null
	# Its reader does not read: by then it has let go.
	mkfifo "$BATS_TEST_TMPDIR/fifo"
	exec 5<>"$BATS_TEST_TMPDIR/fifo"
	"$PSTACK" "$pid" "$pid" "$pid" "$pid" "$pid" "$pid" "$pid" "$pid" >&5 3>&- &
	pids+=("$!")
	sleep 0.5
	[ "$(states)" = "$before" ]
	exec 5>&-
	# Stopped itself, it lets go.
	for i in $(seq 20); do
		setsid "$PSTACK" "$pid" "$pid" "$pid" >/dev/null 2>&1 3>&- &
		victim=$!
		sleep "0.00$((i % 9))"
		kill -STOP -- "-$victim" 2>/dev/null || :
		sleep 0.3
		[ "$(states)" = "$before" ]
		kill -KILL -- "-$victim" 2>/dev/null || :
		wait "$victim" 2>/dev/null || :
	done
	# One that job control stopped stays stopped, and is shown.
	kill -STOP "$pid"
	sleep 0.1
	show
	has 550 '^ [0-9a-f]{16} descend \(\) '
	[ "$(states)" = " 51 T " ]
	kill -CONT "$pid"
	sleep 0.1
	[ "$(states)" = "$before" ]
}

@test "what cannot be shown is said in a sentence: no such process, kernel threads, a traced one" {
	run -1 "$PSTACK" 2147483647
	[ "$output" = 'pstack: process 2147483647: No such process (ids count as in this pid namespace)' ]
	run_target ./threads 1
	gdb=$(command -v gdb) || skip "needs gdb, which is not installed"
	"$gdb" -p "$pid" -batch -nx -ex 'shell touch attached; sleep 5' >/dev/null 2>&1 3>&- &
	for _ in $(seq 200); do [ ! -e attached ] || break; sleep 0.05; done
	run -1 "$PSTACK" "$pid"
	[[ $output == "pstack: process $pid: is traced by process "*' already: end that, or use --no-stop' ]]
	rm -f attached
}
