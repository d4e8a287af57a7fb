#!/usr/bin/env bats
# strace -k: the frames that strace 6.1 finds, with names where they are certain.

setup() {
	LITE=$(realpath "${STRACE:-${OUT:-out}/toolbox/strace}")
	export LC_ALL=C
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >stacks.cc <<-'CODE'
		#include <csignal>
		#include <stdexcept>
		#include <string>
		#include <unistd.h>
		struct Cart {
			__attribute__((noinline)) void add(const std::string &s) {
				if (write(1, "", 0) < 0 || s.size() > 2)
					throw std::runtime_error(s);
			}
			~Cart() { write(1, "", 0); }
		};
		__attribute__((noinline)) static void run() { Cart c; c.add("abcdef"); }
		static void handler(int) { write(1, "", 0); }
		int main() {
			signal(SIGUSR1, handler);
			raise(SIGUSR1);
			try { run(); } catch (const std::exception &) { write(1, "", 0); }
		}
	CODE
	g++ -O1 -o stacks stacks.cc
}

# like_strace OPTION... COMMAND...: both tracers find the same frames: the offset in its file of each, line by line.
like_strace() {
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
	strace -o want -k "$@" >/dev/null
	"$LITE" -o got -k "$@" >/dev/null
	sed -E 's/.*\[0x/[0x/' want | grep '^\[0x' >want.frames
	sed -E 's/.*\[0x/[0x/' got | grep '^\[0x' >got.frames
	[ "$(wc -l <want.frames)" -gt 20 ] || { echo "strace shows few frames"; cat want; return 1; }
	diff want.frames got.frames
}

@test "-k: frames of a C++ program with a signal handler and an exception are strace's" {
	like_strace -e trace=write,exit_group ./stacks
	grep -q '^ > .*/stacks(Cart::add(.*)+0x[0-9a-f]*) \[0x[0-9a-f]*\]$' got
	grep -q '^ > .*/stacks(handler(int)+0x' got
	grep -q '^ > .*/stacks(main+0x' got
	grep -q '^ > .*/stacks(run()+0x' got
	# Behind the end stands where exit was called.
	sed -n '/^+++ exited with 0 +++$/,$p' got | grep -q '/stacks(_start+0x'
}

@test "-k: frames of the start of a program, before and while its libraries are mapped, are strace's" {
	like_strace -e trace=openat,mmap,close,execve,exit_group ls /
}

@test "-k: a function that is only in .gnu_debugdata has its name" {
	nm stacks | awk '$2 ~ /[Tt]/ { print $3 }' >keep
	objcopy --only-keep-debug stacks full
	objcopy -S --remove-section .comment --keep-symbols=keep full mini
	xz -c mini >mini.xz
	strip -o bare stacks
	"$LITE" -o got -k -e trace=write ./bare
	! grep -q '/bare(run()' got || { cat got; return 1; }
	objcopy --add-section .gnu_debugdata=mini.xz bare
	"$LITE" -o got -k -e trace=write ./bare
	grep -q '/bare(run()+0x' got || { cat got; return 1; }
}

@test "-k: a deleted program has its names" {
	cp stacks gone
	"$LITE" -o got -k -e trace=write sh -c 'exec 3<gone; rm gone; exec /proc/self/fd/3'
	grep -q '/gone (deleted)(main+0x' got || { cat got; return 1; }
}

@test "-k: without the filter's leave there is no stack, and with -z only that of calls that succeed" {
	"$LITE" -o got -k -z -e trace=openat,write ./stacks
	awk '/^ > / { if (!call) exit 1 } !/^ > / { call = / = [0-9]/ || /^---/ }' got
	grep -q '^ > ' got
	"$LITE" -o got -k -e trace=none -e signal=none ./stacks
	! grep -q '^ > ' got
}

@test "-k: stacks of threads stand behind their own lines, without a number before" {
	cat >threads.c <<-'CODE'
		#include <pthread.h>
		#include <unistd.h>
		static void *worker(void *arg) { for (int i = 0; i < 20; i++) write(9, arg, 1); return 0; }
		int main(void) { pthread_t t[4]; for (int i = 0; i < 4; i++) pthread_create(&t[i], 0, worker, "x");
			for (int i = 0; i < 4; i++) pthread_join(t[i], 0); return 0; }
	CODE
	gcc -O1 -pthread -o threads threads.c
	"$LITE" -f -o got -k -e trace=write ./threads
	[ "$(grep -c '/threads(worker+0x' got)" = 80 ] || { cat got; return 1; }
	awk '/^ > .*[/]threads\(worker/ { if (before !~ /write/) exit 1 } !/^ > / { before = $0 }' got
}

@test "-k: threads have stacks after the one has ended that had the first stack" {
	command -v gcc >/dev/null || skip "needs gcc, which is not installed"
	cat >leader.c <<-'CODE'
		#include <pthread.h>
		#include <stdio.h>
		#include <string.h>
		#include <sys/syscall.h>
		#include <unistd.h>
		static int leader_lives(void) {
			char line[512] = ""; FILE *f = fopen("/proc/self/stat", "r");
			fgets(line, sizeof line, f); fclose(f); return strncmp(strrchr(line, ')'), ") Z", 3) != 0; }
		static void *worker(void *arg) { while (leader_lives()) usleep(1000); for (int i = 0; i < 3; i++) write(9, "x", 1); return 0; }
		int main(void) { pthread_t t; write(9, "m", 1); pthread_create(&t, 0, worker, 0); syscall(SYS_exit, 0); return 0; }
	CODE
	gcc -O1 -w -pthread -o leader leader.c
	"$LITE" -f -o got -k -e trace=write ./leader
	[ "$(grep -c '/leader(worker+0x' got)" = 3 ] || { cat got; return 1; }
	[ "$(grep -c unexpected_backtracing_error got)" = 0 ] || { cat got; return 1; }
}

@test "-k: a program that is built again, in the place of the old one, has its new names" {
	command -v gcc >/dev/null || skip "needs gcc, which is not installed"
	printf '#include <unistd.h>\n__attribute__((noinline)) static void NAME(void) { write(9, "", 1); }\nint main(void) { NAME(); return 0; }\n' >again.c
	for n in first second_with_a_long_name third; do gcc -O1 -w -DNAME="$n" -o "again.$n" again.c; done
	# The same inode each time.
	: >again
	chmod +x again
	"$LITE" -f -o got -k -e trace=write sh -c 'for n in first second_with_a_long_name third; do cat "again.$n" >again; ./again; done'
	for n in first second_with_a_long_name third; do
		[ "$(grep -c "/again($n+0x" got)" = 1 ] || { cat got; return 1; }
	done
}
