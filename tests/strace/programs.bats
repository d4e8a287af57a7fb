#!/usr/bin/env bats
# Programs with threads and children at work, under strace-lite and strace 6.1. Which of them does what when is a matter of
# chance, so they run several times under each: a line that every run under one of the two has, the other must have shown
# at least once. Each line of each run must be well formed (programs/grammar.awk). What the programs print, and how they
# end, is the same without a tracer.
bats_require_minimum_version 1.5.0

setup_file() {
	export CACHE=$BATS_FILE_TMPDIR
}

setup() {
	LITE=$(realpath "${STRACE:-${OUT:-out}/toolbox/strace}")
	BUSYBOX=$(realpath "${OUT:-out}/busybox")
	HERE=$BATS_TEST_DIRNAME/programs
	cd "$BATS_TEST_TMPDIR" || return 1
	# A tracer or a program that loops must not fill the disk: 100 MB.
	ulimit -f 200000
	export RUNS=${RUNS:-3}
}

# needs PROGRAM PACKAGE [PROGRAM PACKAGE]...
needs() {
	while [ $# -gt 0 ]; do
		command -v "$1" >/dev/null || skip "needs $1, which is not installed (Debian: $2)"
		shift 2
	done
}
needs_strace() {
	[ "$(uname -m)" = x86_64 ] || skip "strace 6.1 here knows x86_64"
	needs strace strace
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
}

# alone COMMAND...: in a directory of its own, made anew, with an environment that is always the same and no other way to
# the network than the one it makes itself; its status in the file status.
alone() {
	local rc=0
	rm -rf work
	mkdir work
	(cd work && exec ${WITHIN:-} env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent LC_ALL=C TZ=UTC \
		setarch -R timeout -k 5 120 "$@" </dev/null) >said 2>errors || rc=$?
	echo "$rc" >status
}

# lines_of DIRECTORY: the distinct lines of all threads there, without what differs from run to run. Left out is what a thread
# does only when it must wait for another, or is told to wait by the clock. Where malloc's arenas of a thread come to lie, and
# so what is cut off of them, is chance as well.
lines_of() {
	find "$1" -name 't.*' | sed 's/.*\.\([0-9]*\)$/s,\\b\1\\b,PID,g/' | sed 's/,g\/$/,g/' >pids.sed
	find "$1" -name 't.*' -exec cat {} + | sed -E -f pids.sed | sed -E -e '
		/^(futex|sched_yield|nanosleep|clock_nanosleep|restart_syscall|epoll_p?wait|poll|ppoll|select|pselect6|madvise|rt_sigreturn|tgkill|membarrier|wait4|times|sysinfo)\(/d
		/^--- SIG(URG|CHLD)/d
		/^mmap\([^,]*, (67108864|134217728), PROT_NONE,/d
		s/^(munmap\([^,]*, )[0-9]{7,}/\1N/
		/^read\([0-9]+, "[0-9a-f]{6,}-[0-9a-f]{6,} /d
		s/  *= / = /
		s/0x[0-9a-f]{6,16}/ADDRESS/g
		s/^(getrandom\()"[^"]*"/\1BYTES/
		s/^(read\([0-9]+, )"[0-9a-f.]+ [0-9a-f.].*"/\1BYTES/
		s/u(32|64)=[0-9]{7,}/u\1=ADDRESS/g
		s/tv_sec=[0-9]+/tv_sec=N/g; s/tv_([nu])sec=[0-9]+/tv_\1sec=N/g
		s/(st|stx)_([abcm]time)=[^,}]*/\1_\2=TIME/g; s/st_([acm]time)_nsec=[0-9]+/st_\1_nsec=N/g
		s/(st_ino|stx_ino|d_ino|d_off|stx_mnt_id|nlmsg_seq|f_[a-z]*|ru_[a-z]*|si_[us]time)=(\{[^}]*\}|[0-9a-fx]+)/\1=N/g
		s/127\.0\.0\.1:[0-9]{5}/127.0.0.1:N/g; s/sin_port=htons\([0-9]{5}\)/sin_port=htons(N)/g
		s/\[[0-9]+\]>/[N]>/g' | LC_ALL=C sort -u
}

# always DIRECTORY, ever DIRECTORY: the lines of every run there, and of any.
always() { cat "$1"/lines.* | LC_ALL=C sort | uniq -c | sed -n "s/^ *$RUNS //p"; }
ever() { LC_ALL=C sort -u "$1"/lines.*; }

# runs FROM TO COMMAND...: so many runs under each of the two.
runs() {
	local from=$1 to=$2 who run tracer
	shift 2
	for who in theirs ours; do
		tracer=strace
		[ "$who" = theirs ] || tracer=$LITE
		mkdir -p "$who"
		for run in $(seq "$from" "$to"); do
			mkdir "$who/$run"
			alone "$tracer" -a 0 -ff -o "$PWD/$who/$run/t" "$@"
			[ "$(cat status)" = "${ENDS:-0}" ] || { echo "status $(cat status) under $tracer"; tail -n 20 errors; return 1; }
			lines_of "$who/$run" >"$who/lines.$run"
		done
	done
}

# same LEAST OPTION... -- COMMAND...: LEAST is how many distinct lines there must be in every run. What looks different is
# looked at in three times as many runs: a difference of the tracers stays, one that chance made goes.
same() {
	local least=$1 few=$RUNS
	shift
	needs_strace
	runs 1 "$few" "$@" || return 1
	alike || {
		RUNS=$((3 * few))
		runs $((few + 1)) "$RUNS" "$@" || return 1
	}
	# shellcheck disable=SC2046  # names without blanks
	awk -v least="$least" -f "$HERE/grammar.awk" $(find ours -name 't.*' | sort)
	[ "$(always theirs | wc -l)" -ge "$least" ] || { echo "only $(always theirs | wc -l) lines"; return 1; }
	alike || { cut -c 1-400 differences | head -n 60; return 1; }
}

alike() {
	LC_ALL=C comm -23 <(always theirs) <(ever ours) | sed 's/^/only strace 6.1: /' >differences
	LC_ALL=C comm -13 <(ever theirs) <(always ours) | sed 's/^/only strace-lite: /' >>differences
	[ ! -s differences ]
}

# transparent COMMAND...: what it prints and how it ends without a tracer is the same with one.
transparent() {
	local options
	alone "$@"
	cat said errors status >plain
	for options in '-f' '-f --seccomp-bpf -e trace=openat' '-c -f' '-ff -yy -v'; do
		# shellcheck disable=SC2086  # options
		alone "$LITE" $options -o "$PWD/trace" "$@"
		cat said errors status >traced
		diff plain traced || { echo "with $options: $*"; return 1; }
		rm -f trace*
	done
}

go_program() {
	needs go golang-go
	[ -x "$CACHE/go-program" ] || env -u LIBRARY_PATH -u CPATH GOCACHE="$CACHE/gocache" GOPATH="$CACHE/gopath" GO111MODULE=off CGO_ENABLED=0 \
		go build -o "$CACHE/go-program" "$HERE/program.go"
}

@test "bash: a pipeline, substitutions, job control" {
	same 150 -v -- bash --norc -c 'set -m; printf "b\na\n" | sort | head -n 1; x=$(echo y; exit 3); sleep 30 & kill -STOP %1; bg %1
		kill %1; wait %1; { sleep 0.1; exit 4; } & wait $!; fg %9; ulimit -n 100; cat <<<"here" >/dev/null; [ -t 0 ]; trap : USR1; kill -USR1 $$'
}

@test "node: files, a timer, a child" {
	needs node nodejs
	same 300 -- node -e 'const fs = require("fs"), c = require("child_process"); fs.writeFileSync("x", "y".repeat(100)); fs.readFileSync("x");
		fs.readdirSync("/etc/apt"); fs.promises.stat("x").then(() => setTimeout(() => console.log(c.execFileSync("true").length), 1))'
}

@test "a Go program: goroutines, files, a listener, a child" {
	go_program
	ENDS=6 same 100 -v -- "$CACHE/go-program"
}

@test "java" {
	needs java default-jre-headless
	same 300 -- java -Xint -Xshare:auto -XX:+UseSerialGC -version
}

@test "python with threads, sockets and a pool of processes" {
	[ -x /usr/bin/python3 ] || skip "needs /usr/bin/python3, which is not installed"
	same 250 -y -- /usr/bin/python3 -I -c 'import threading, socket, multiprocessing, selectors, os
a, b = socket.socketpair(); s = selectors.DefaultSelector(); s.register(b, selectors.EVENT_READ)
t = [threading.Thread(target=os.sched_getaffinity, args=(0,)) for i in range(4)]; [x.start() for x in t]; [x.join() for x in t]
a.sendall(b"x" * 10); s.select(1); b.recv(100); a.shutdown(socket.SHUT_WR); b.recv(1)
p = multiprocessing.get_context("fork").Process(target=os.getpid); p.start(); p.join()'
}

@test "curl from a server on this machine" {
	needs curl curl unshare util-linux ip iproute2
	[ -x /usr/bin/python3 ] || skip "needs /usr/bin/python3, which is not installed"
	[ "$(id -u)" = 0 ] || skip "needs root"
	WITHIN="unshare -n $HERE/served" same 150 -v -- curl -sS -o got http://127.0.0.1:8000/hello
	grep -qr '^recv.*HTTP/1' ours/1
	rm -rf theirs ours
	WITHIN="unshare -n $HERE/served" ENDS=22 same 150 -yy -s 200 -- curl -sS -f -o got --http1.1 http://127.0.0.1:8000/missing
}

@test "mariadbd from start to shutdown" {
	needs mariadbd mariadb-server-core mariadb-install-db mariadb-server-core my_print_defaults mariadb-client-core unshare util-linux
	[ "$(id -u)" = 0 ] || skip "needs root"
	mariadb-install-db --no-defaults --user=root --datadir="$PWD/new" --auth-root-authentication-method=normal --skip-test-db >log 2>&1 || { cat log; false; }
	WITHIN="unshare -n $HERE/database $PWD/new" same 400 -- mariadbd --no-defaults --user=root --socket=socket --port=3306 \
		--bind-address=127.0.0.1 --innodb-use-native-aio=0 --pid-file=pid
}

@test "what BusyBox's applets print, and how they end, is the same with strace-lite" {
	while IFS= read -r line; do
		transparent "$BUSYBOX" sh -c "$line"
	done <"$HERE/applets"
	[ "$(grep -c . "$HERE/applets")" -ge 20 ]
}

@test "so is it with the other programs" {
	go_program
	transparent "$CACHE/go-program"
	# A second `wait` for the stopped job says 147, 137 or 127, for bash alone as well: it depends on how fast it dies.
	transparent bash --norc -c 'exec 2>/dev/null; set -m; printf "b\na\n" | sort; sleep 30 & kill -STOP %1; wait %1; echo $?; kill -KILL %1; exit 9'
	transparent bash --norc -c 'exec 2>/dev/null; set -m; sleep 30 & kill -KILL %1; wait %1; echo $?'
	transparent bash -c 'kill -SEGV $$'
	transparent perl -e 'fork or exit 3; wait; print $? >> 8, "\n"; exit 7'
	! command -v node >/dev/null || transparent node -e 'console.log(require("child_process").execSync("echo a").toString()); process.exitCode = 5'
	! command -v java >/dev/null || transparent java -Xint -version
	[ ! -x /usr/bin/python3 ] || transparent /usr/bin/python3 -I -c 'import threading; t = threading.Thread(target=print, args=(1,)); t.start(); t.join(); 1 / 0'
}
