# bats file_tags=check
# pfiles, pargs, ptree, pmap and psmem on live processes, beside procps and what /proc says: every kind of descriptor,
# processes that come and go, that hang, that are another user's, and very many of them.

bats_require_minimum_version 1.5.0

setup() {
	TOP=${TOP:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	OUT=${OUT:-$TOP/out}
	case $OUT in /*) ;; *) OUT=$TOP/$OUT ;; esac
	export TOP OUT BIN=$OUT/toolbox LC_ALL=C
	unset NATIVE_ROOT COLUMNS
	[ -x "$BIN/psmem" ] || { echo "$BIN/psmem is not there: run make first"; return 1; }
	cd "$BATS_TEST_TMPDIR" || return
	pids=()
}
teardown() {
	local p
	for p in "${pids[@]}"; do kill -KILL "$p" 2>/dev/null || :; done
}

need_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }
need() {
	local c
	for c; do command -v "$c" >/dev/null || skip "needs $c, which is not installed"; done
}
fail() {
	printf '%s\n' "$@"
	return 1
}
equal() { [ "$1" = "$2" ] || fail "expected: $1" "     got: $2"; }
soon() {
	local i
	for i in $(seq 400); do
		"$@" && return
		sleep 0.05
	done
	fail "waited in vain for: $*"
}
# background COMMAND...: its pid is $pid; ends with the test.
background() {
	"$@" >said 2>&1 3>&- &
	pid=$!
	pids+=("$pid")
}
is_asleep() { grep -q '^State:.[SD]' "/proc/$1/status"; }

# --- pmap ---------------------------------------------------------------------------------------------

@test "pmap: the same bytes as procps, in every format" {
	need pmap
	[ -x "$OUT/sysroot/bin/musl-gcc" ] || skip "needs $OUT/sysroot (make)"
	[ "$(pmap --version)" = 'pmap from procps-ng 4.0.2' ] || skip "the model is procps 4.0.2"
	# Static: were its libraries those of procps' pmap, its shares would change as that runs.
	cat >maps.c <<-'CODE'
		#define _GNU_SOURCE
		#include <stdio.h>
		#include <stdlib.h>
		#include <string.h>
		#include <sys/mman.h>
		#include <sys/prctl.h>
		#include <sys/shm.h>
		#include <unistd.h>
		static char data[100000] = "data";
		static void *map(size_t n, int flags, int fd) { return mmap(0, n, PROT_READ | PROT_WRITE, flags, fd, 0); }
		int main(void)
		{
			int id = shmget(0x1234, 8192, IPC_CREAT | 0600), f = memfd_create("mem fd", 0), g = fileno(tmpfile());
			memset(map(1 << 20, MAP_PRIVATE | MAP_ANONYMOUS, -1), 1, 300000);
			memset(map(40960, MAP_SHARED | MAP_ANONYMOUS, -1), 1, 5);
			memset(shmat(id, 0, 0), 1, 5000);
			shmctl(id, IPC_RMID, 0);
			ftruncate(f, 20000), ftruncate(g, 20000);
			memset(map(20000, MAP_SHARED, f), 1, 9000);
			memset(map(20000, MAP_PRIVATE, g), 1, 9000);
			mmap(0, 1 << 16, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
			mlock(map(8192, MAP_PRIVATE | MAP_ANONYMOUS, -1), 8192);
			memset(data, 1, sizeof(data));
			memset(malloc(1000), 1, 1000);
			puts("ready");
			fflush(stdout);
			for (;;)
				pause();
		}
	CODE
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	"$OUT/sysroot/bin/musl-gcc" -w -static -o maps maps.c
	background ./maps
	soon grep -q ready said
	for o in '' -x -d -p '-p -d' '-p -x' -q '-q -x' '-q -d' -X -XX '-X -p' '-q -X' '-q -XX' '-A 7f0000000000,' '-x -A 0,7f0000000000'; do
		# shellcheck disable=SC2086  # a list of options
		pmap $o "$pid" >want
		# shellcheck disable=SC2086
		"$BIN/pmap" $o "$pid" >got
		diff want got || fail "pmap $o"
	done
}

@test "pmap: 20 000 mappings" {
	need python3
	cat >many.py <<-'CODE'
		import mmap, time
		m = mmap.mmap(-1, 4096 * 40000)
		for i in range(0, 40000, 2):
		    m.madvise(14, i * 4096, 4096)
		print("ready", flush=True)
		time.sleep(600)
	CODE
	background python3 many.py
	soon grep -q ready said
	[ "$(wc -l <"/proc/$pid/maps")" -gt 20000 ]
	"$BIN/pmap" -q "$pid" >got
	equal "$(($(wc -l <"/proc/$pid/maps") + 1))" "$(wc -l <got)"
	"$BIN/pmap" -XX "$pid" | tail -n 1 | grep -q ' KB $'
}

# --- pargs --------------------------------------------------------------------------------------------

@test "pargs: arguments and environment of any bytes; -l gives them back to a shell" {
	args=(60 'two words' '' "it's" $'a\nb\e[1m' $'\xff\xc2\x9b' 'back\033slash' '$HOME `id` *' $'gr\xc3\xbc\xc3\x9fe')
	# shellcheck disable=SC2016  # for that shell
	background env -i A=1 $'B=x\ny' bash -c 'exec -a "$0" sleep 600' "argv zero"
	soon grep -q 'argv zero' "/proc/$pid/cmdline"
	run -0 "$BIN/pargs" -ae "$pid"
	equal "$pid:	argv zero 600
argv[0]: argv zero
argv[1]: 600
" "$(sed '/^envp/d' <<<"$output")
"
	grep -qxE 'envp\[[0-9]+\]: A=1' <<<"$output"
	grep -qxE 'envp\[[0-9]+\]: B=x\\012y' <<<"$output"
	# shellcheck disable=SC2016
	background bash -c 'sleep 600; :' "${args[@]}"
	soon is_asleep "$pid"
	"$BIN/pargs" -l "$pid" >line
	sed $'s/gr\xc3\xbc\xc3\x9fe//' line >ascii
	run ! grep -q '[^ -~]' ascii
	for shell in bash "$OUT/native/bin/sh"; do
		"$shell" -c "printf '%s\\0' $(cat line)" >got
		cmp "/proc/$pid/cmdline" got
	done
}

@test "pargs -x: what the C library of a process says of its vector" {
	need_root
	background sleep 600
	soon is_asleep "$pid"
	"$BIN/pargs" -x "$pid" >got
	# the same program, asked by the loader; addresses differ each time
	LD_SHOW_AUXV=1 "$(command -v sleep)" 0 >want
	[ -s want ] || skip "the C library here does not show its vector"
	for name in AT_PAGESZ AT_CLKTCK AT_PHENT AT_PHNUM AT_SECURE AT_EXECFN AT_PLATFORM; do
		equal "$(sed -n "s/^$name: *//p" want)" "$(sed -n "s/^$name  *0x[0-9a-f]* //p" got)"
	done
	equal "$(od -An -tu8 -w16 -v "/proc/$pid/auxv" | sed '$d' | wc -l)" "$(($(wc -l <got) - 1))"
}

# --- ptree --------------------------------------------------------------------------------------------

@test "ptree: every process below its parent, as ps knows them" {
	need_root
	need ps
	# Of two moments only those that are the same can be compared: a world of our own, where nobody else starts.
	# shellcheck disable=SC2016
	unshare --pid --fork --kill-child --mount-proc bash -c '
		for i in 1 2 3; do bash -c "sleep 600 & sleep 600 & wait" & done
		for i in $(seq 200); do [ "$(ps -C sleep -o pid= | wc -l)" != 6 ] || break; sleep 0.05; done
		ps -e -o pid=,ppid=,comm= | awk "\$3 == \"bash\" || \$3 == \"sleep\" { print \$1, \$2 }" | sort -n >want
		"$BIN/ptree" | awk "
			{ match(\$0, /^ */); depth = RLENGTH / 2; parent[depth] = \$1; if (\$2 ~ /bash\$|sleep\$/) print \$1, depth ? parent[depth - 1] : 0 }
		" | sort -n >got
		"$BIN/ptree" -g | grep -cE "[|\`]-[0-9]+ +sleep 600\$" >drawn
		"$BIN/ptree" "$(pgrep -n sleep)" | wc -l >one
		kill $(jobs -p) $(pgrep sleep)'
	[ "$(wc -l <want)" = 10 ]
	diff want got
	equal 6 "$(cat drawn)"
	equal 3 "$(cat one)"
}

@test "ptree: 130 processes in a chain, each the child of the one before" {
	need_root
	need python3
	cat >chain.py <<-'CODE'
		import os, signal
		r, w = os.pipe()
		for i in range(130):
		    if os.fork():
		        if i == 0:
		            os.close(w)
		            os.read(r, 1)
		            os.system(os.environ["BIN"] + "/ptree > got")
		            os._exit(0)
		        signal.pause()
		os.write(w, b"x")
		signal.pause()
	CODE
	unshare --pid --fork --kill-child --mount-proc timeout -k 5 120 python3 chain.py
	[ "$(grep -c chain.py got)" -ge 131 ]
	# the last ones stand where the hundredth does
	equal 200 "$(tail -n 20 got | grep chain.py | head -n 1 | sed 's/[^ ].*//' | tr -d '\n' | wc -c)"
}

# --- psmem --------------------------------------------------------------------------------------------

@test "psmem: what smaps_rollup says of a process, and the sum of what it shows" {
	need jq
	[ -x "$OUT/sysroot/bin/musl-gcc" ] || skip "needs $OUT/sysroot (make)"
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	# Static: it shares no page with those who come and go.
	cat >large.c <<-'CODE'
		#include <stdio.h>
		#include <stdlib.h>
		#include <string.h>
		#include <unistd.h>
		int main(void)
		{
			memset(malloc(50000000), 1, 50000000);
			puts("ready");
			fflush(stdout);
			for (;;)
				pause();
		}
	CODE
	"$OUT/sysroot/bin/musl-gcc" -w -static -O0 -o large large.c
	background ./large
	soon grep -q ready said
	awk '$1 == "Pss:" { p = $2 } /^Private_(Clean|Dirty):/ { u += $2 } $1 == "Rss:" { r = $2 } END { print p * 1024, u * 1024, r * 1024 }' \
		"/proc/$pid/smaps_rollup" >want
	"$BIN/psmem" --json "$pid" | jq -r '.processes[0] | "\(.pss) \(.uss) \(.rss)"' >got
	diff want got
	[ "$(cut -d' ' -f2 got)" -gt 50000000 ]
	"$BIN/psmem" --json >all || :
	for c in pss uss rss swap; do
		equal "$(jq "[.processes[].$c | select(. != null)] | add" all)" "$(jq ".total.$c" all)"
	done
	equal "$(jq '[.processes[].pss // 0] | sort | reverse' all)" "$(jq '[.processes[].pss // 0]' all)"
}

@test "psmem: 2000 processes" {
	need_root
	need python3
	# shellcheck disable=SC2016
	unshare --pid --fork --kill-child --mount-proc bash -c '
		python3 -c "
import os, signal
for i in range(2000):
    if os.fork() == 0:
        signal.pause()
print(1, flush=True)
signal.pause()" >ready &
		for i in $(seq 600); do [ ! -s ready ] || break; sleep 0.1; done
		"$BIN/psmem" >got
		"$BIN/ptree" >tree'
	[ "$(grep -c 'import os, signal' got)" -ge 2001 ]
	[ "$(grep -c 'import os, signal' tree)" -ge 2001 ]
	tail -n 1 got | grep -Eq ' total of 200[0-9] processes$'
}

# --- pfiles -------------------------------------------------------------------------------------------

@test "pfiles: every kind of descriptor" {
	need python3
	cat >zoo.py <<-'CODE'
		import ctypes, fcntl, os, select, socket, sys, tempfile, time
		libc = ctypes.CDLL(None)
		def at(fd, name):
		    print(name, fd if isinstance(fd, int) else fd.fileno(), flush=True)
		keep = []
		l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen(7); at(l, "listen")
		c = socket.create_connection(l.getsockname()); a, _ = l.accept(); at(c, "client"); at(a, "server")
		l6 = socket.socket(socket.AF_INET6); l6.bind(("::", 0)); l6.listen(3)
		c6 = socket.create_connection(("127.0.0.1", l6.getsockname()[1])); a6, _ = l6.accept(); at(c6, "client6"); at(a6, "server6")
		u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(("0.0.0.0", 0)); at(u, "udp")
		n = socket.socket(); at(n, "unbound")
		ux = socket.socket(socket.AF_UNIX); ux.bind("s\n\033x"); ux.listen(1); at(ux, "unix")
		uc = socket.socket(socket.AF_UNIX); uc.connect("s\n\033x"); ua, _ = ux.accept(); at(uc, "unixclient"); at(ua, "unixserver")
		ab = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); ab.bind("\0native\0%d" % os.getpid()); at(ab, "abstract")
		nl = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); nl.bind((0, 1)); at(nl, "netlink")
		r, w = os.pipe(); at(r, "reader"); at(w, "writer")
		r2, w2 = os.pipe(); os.close(w2); at(r2, "lonely")
		ep = select.epoll(); ep.register(r, select.EPOLLIN | select.EPOLLET); at(ep, "epoll")
		at(libc.eventfd(7, 0o4000), "eventfd")
		i = libc.inotify_init1(0); libc.inotify_add_watch(i, b".", 0x300); at(i, "inotify")
		t = libc.timerfd_create(1, 0); libc.timerfd_settime(t, 0, (ctypes.c_long * 4)(7, 0, 1000, 0), None); at(t, "timerfd")
		m = os.memfd_create("a\nb"); os.write(m, b"xyz"); at(m, "memfd")
		f = open("gone", "w"); f.write("hello"); f.flush(); os.unlink("gone"); at(f, "deleted")
		g = open("locked", "a+"); fcntl.lockf(g, fcntl.LOCK_EX, 10, 5); at(g, "locked")
		at(os.open(".", os.O_RDONLY | os.O_DIRECTORY), "directory")
		at(os.open("locked", os.O_PATH), "path")
		at(os.pidfd_open(os.getpid()), "pidfd")
		at(os.open("/dev/null", os.O_WRONLY | os.O_APPEND), "null")
		print("ready", l.getsockname()[1], c.getsockname()[1], flush=True)
		time.sleep(600)
	CODE
	mkdir -p d
	cd d
	background python3 ../zoo.py
	soon grep -q ready said
	"$BIN/pfiles" "$pid" >got
	read -r _ port client <<<"$(grep ready said)"
	fd() { sed -n "s/^$1 //p" said; }
	# block NAME: its lines
	block() { awk -v n="$(fd "$1"):" '/^ *[0-9]+: / { on = $1 == n } on' got; }
	# has NAME LINE...: each is a line of the block
	has() {
		local name=$1 line
		shift
		for line; do block "$name" | sed 's/^ *//' | grep -qxF -- "$line" || fail "$name has no line: $line" "$(block "$name")"; done
	}
	equal "$pid:	python3 ../zoo.py" "$(sed -n '1s/[^ 	]*python3/python3/p' got)"
	equal "  Current rlimit: $(ulimit -Sn) file descriptors" "$(sed -n 2p got)"
	equal "$(find "/proc/$pid/fd" -mindepth 1 | wc -l)" "$(grep -cE '^ *[0-9]+: ' got)"
	has listen SOCK_STREAM "sockname: AF_INET 127.0.0.1  port: $port" 'state: LISTEN  waiting: 0 of 7' 'O_RDWR|O_CLOEXEC'
	has client "sockname: AF_INET 127.0.0.1  port: $client" "peername: AF_INET 127.0.0.1  port: $port" 'state: ESTABLISHED  recv-q: 0  send-q: 0'
	has client "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd server)"
	has server "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd client)"
	# an IPv4 connection to an IPv6 socket
	has client6 "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd server6)"
	has udp SOCK_DGRAM 'state: unconnected  recv-q: 0  send-q: 0'
	has unbound 'protocol: TCP (neither bound nor connected)'
	has unix SOCK_STREAM SO_ACCEPTCONN 'sockname: AF_UNIX s\012\033x'
	has unixclient 'peername: AF_UNIX s\012\033x' "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd unixserver)"
	has abstract "sockname: AF_UNIX @native\\000$pid" SOCK_DGRAM
	has netlink "sockname: AF_NETLINK NETLINK_ROUTE  port: $pid  groups: 0x1"
	has reader "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd writer)" 'O_RDONLY|O_CLOEXEC'
	has writer "peer: $(cat "/proc/$pid/comm")[$pid] fd:$(fd reader)" 'O_WRONLY|O_CLOEXEC'
	block lonely | grep -q '^      peer: none'
	block epoll | grep -qF "epoll: fd:$(fd reader) EPOLLIN|EPOLLERR|EPOLLHUP|EPOLLET "
	has eventfd 'eventfd: count:7' 'O_RDWR|O_NONBLOCK'
	block inotify | grep -qE " ino:$(stat -c %i .) IN_CREATE\|IN_DELETE$"
	block timerfd | grep -qE ' timer: CLOCK_MONOTONIC ticks:0 left:9[0-9][0-9]\.[0-9]{9} interval:7\.000000000$'
	has memfd '/memfd:a\012b (deleted)' offset:3
	has deleted "$PWD/gone (deleted)" offset:5
	block deleted | grep -q ' size:5$'
	has locked "$PWD/locked" "advisory write lock set by process $pid (POSIX) 5-14"
	block locked | grep -q ": S_IFREG mode:[0-7]* dev:[0-9]*,[0-9]* ino:$(stat -c %i locked) uid:$(id -u) gid:$(id -g) size:0$"
	block directory | grep -q ': S_IFDIR '
	has path "$PWD/locked"
	run ! grep -q offset <(block path)
	has pidfd "process: $pid"
	block null | grep -qE ': S_IFCHR mode:0666 .* rdev:1,3$'
	run ! grep -q '[^ -~	]' got
	"$BIN/pfiles" -n "$pid" >short
	run ! grep -q sockname short
	equal "$(grep -cE '^ *[0-9]+: ' got)" "$(grep -cE '^ *[0-9]+: ' short)"
}

@test "pfiles: sockets of a process in another network namespace" {
	need_root
	need python3 unshare
	background unshare --net python3 -c 'if 1:
		import fcntl, socket, struct, time
		s = socket.socket()
		s.bind(("0.0.0.0", 4711)); s.listen()
		u = socket.socket(socket.AF_UNIX); u.bind("\0elsewhere")
		print("ready", flush=True)
		time.sleep(600)'
	soon grep -q ready said
	run -0 "$BIN/pfiles" "$pid" $$
	grep -q '  sockname: AF_INET 0.0.0.0  port: 4711$' <<<"$output"
	grep -q '  sockname: AF_UNIX @elsewhere$' <<<"$output"
}

@test "pfiles: 20 000 descriptors" {
	need_root
	need python3
	[ "$(ulimit -Hn)" -ge 20000 ] || skip "needs a limit of 20 000 descriptors"
	background python3 -c 'if 1:
		import os, resource, time
		resource.setrlimit(resource.RLIMIT_NOFILE, (20000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
		r, w = os.pipe()
		try:
		    while True:
		        os.dup(w)
		except OSError:
		    pass
		print("ready", flush=True)
		time.sleep(600)'
	soon grep -q ready said
	"$BIN/pfiles" "$pid" >got
	equal 20000 "$(grep -cE '^ *[0-9]+: ' got)"
	grep -q '^  Current rlimit: 20000 file descriptors$' got
	# the reader of them all has too many writers to name
	equal 4 "$(grep -B 4 '^      peer: and 199[0-9][0-9] more$' got | grep -c '      peer: .* fd:')"
}

# --- whatever a process does -----------------------------------------------------------------------------

@test "each: processes that end while they are looked at" {
	# shellcheck disable=SC2016
	background bash -c 'while :; do for i in 1 2 3 4 5 6 7 8; do (:) & done; wait; done'
	storm=$pid
	for i in $(seq 15); do
		for t in ptree psmem 'psmem --json'; do
			rc=0
			# shellcheck disable=SC2086
			"$BIN"/$t >got 2>err || rc=$?
			[ "$rc" -le 1 ]
			! grep -qv 'permission denied' err || fail "$t: $(cat err)"
		done
		for p in $(pgrep -P "$storm" | head -n 3); do
			for t in pfiles 'pargs -aex' 'pmap -x' 'pmap -X'; do
				rc=0
				# shellcheck disable=SC2086
				"$BIN"/$t "$p" >got 2>err || rc=$?
				[ "$rc" -le 1 ]
				[ "$(wc -l <err)" -le 3 ] || fail "$t: $(cat err)"
			done
		done
	done
}

@test "each: zombies and kernel threads" {
	need_root
	need python3
	background python3 -c 'import os, time; p = os.fork() or os._exit(0); print("zombie", p, flush=True); time.sleep(600)'
	soon grep -q zombie said
	z=$(sed -n 's/zombie //p' said)
	soon grep -q '^State:.Z' "/proc/$z/status"
	run -0 "$BIN/pmap" "$z"
	[[ $output == "$z:   "*' <defunct>'*' total                0K' ]]
	run -1 "$BIN/pargs" "$z"
	[[ $output == *"process $z: has no arguments: a kernel thread, or it has ended"* ]]
	run -1 "$BIN/psmem" "$z"
	equal "psmem: process $z: has no memory of its own: a kernel thread, or it has ended" "$output"
	run "$BIN/pfiles" "$z"
	[ "$status" -le 1 ]
	"$BIN/ptree" "$pid" | grep -qE "^ +$z +[^ ]* <defunct>$"
	grep -q '^State:.[SI]' /proc/2/status || skip "kernel threads cannot be seen here"
	run -0 "$BIN/pfiles" 2
	equal '2:	[kthreadd]' "${lines[0]}"
	"$BIN/ptree" -a 2 | grep -qx '2     \[kthreadd\]'
}

# Files of /proc on a file system that never answers stand for memory that lies on one.
@test "each: processes that hang are said within seconds, and the others are shown" {
	need_root
	[ -x "$OUT/test/progs/hangfs" ] || skip "needs $OUT/test/progs/hangfs (make test)"
	cat >hang.sh <<-'HANG'
		mkdir hang root root/proc
		"$OUT/test/progs/hangfs" hang deaf >hang.said 3>&- 4>&- &
		hangfs=$!
		for i in $(seq 100); do ! grep -q ready hang.said || break; sleep 0.05; done
		cd root
		. "$TOP/tests/tools/_process/process.sh"
		for p in $(seq 1 40); do
			process "$p" 0 S 0 "name$p" "command $p"
			memory "$p" 100 50 25 0
			: >"proc/$p/maps"
			[ $((p % 2)) = 1 ] || continue
			rm "proc/$p/cmdline"
			ln -s "$PWD/../hang/cmdline" "proc/$p/cmdline"
		done
		cd ..
		export NATIVE_ROOT=$PWD/root
		for t in ptree 'psmem -k' 'pargs 1 2' 'pmap 1 2' 'pfiles 1 2'; do
			rc=0
			timeout -k 5 60 "$BIN"/$t >"${t%% *}.out" 2>"${t%% *}.err" || rc=$?
			echo "$t $rc"
		done
		# and one that is not pretended: a directory of that file system, held open
		unset NATIVE_ROOT
		python3 -c 'import os, time; os.open("hang", os.O_PATH); time.sleep(600)' &
		held=$!
		for i in $(seq 100); do ! ls -l /proc/$held/fd | grep -q hang || break; sleep 0.05; done
		timeout -k 5 60 "$BIN/pfiles" "$held" >held.out 2>held.err || echo "held $?"
		kill -KILL "$held" "$hangfs"
	HANG
	unshare --mount --propagation private bash hang.sh >status
	equal 'ptree 1 psmem -k 1 pargs 1 2 1 pmap 1 2 1 pfiles 1 2 1' "$(xargs <status)"
	equal 40 "$(wc -l <ptree.out)"
	equal 20 "$(grep -c ' \[name' ptree.out)"
	equal 20 "$(grep -c ' command ' ptree.out)"
	equal 'ptree: 20 processes did not tell the command line in time and are shown by name' "$(cat ptree.err)"
	equal 20 "$(grep -c ' command ' psmem.out)"
	grep -q '^psmem: 20 processes did not answer in time: ' psmem.err
	for t in pargs pmap pfiles; do
		grep -q "^$t: process 1: does not answer: " "$t.err"
		grep -q '^2: *	*command 2$' "$t.out"
	done
	grep -qE '^ +/.*/hang$' held.out
	[ ! -s held.err ]
}

@test "each: as uid 65532, what may not be read is said, with status 1" {
	need_root
	background sleep 600
	soon is_asleep "$pid"
	cp "$BIN"/{pfiles,pargs,pmap,psmem,ptree} .
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	as() { setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs "$@"; }
	run -1 as ./pfiles "$pid"
	equal "pfiles: process $pid: permission denied: run pfiles as its user, or with CAP_SYS_PTRACE" "$output"
	run -1 as ./pmap -x "$pid"
	equal "pmap: process $pid: permission denied: run pmap as its user, or with CAP_SYS_PTRACE" "$output"
	run -1 as ./pargs -aex "$pid"
	[[ $output == *'argv[1]: 600'*"pargs: process $pid: environment: permission denied: run pargs as its user, or with CAP_SYS_PTRACE"*"auxiliary vector: permission denied"* ]]
	run -0 as ./pargs "$pid"
	run -1 as ./psmem -k "$pid"
	grep -Eq "^ *$pid +[a-z0-9]+ +0 +- +- +[0-9]+ +sleep 600$" <<<"$output"
	[[ $output == *'psmem: 1 process may not be read: permission denied: of them RSS and SWAP alone are known'* ]]
	run -0 as ./ptree "$pid"
	grep -q "^ *$pid *sleep 600$" <<<"$output"
	# its own it may
	run -0 as bash -c "\"$PWD/pfiles\" \$\$ && \"$PWD/psmem\" \$\$ && \"$PWD/pmap\" -X \$\$ && \"$PWD/pargs\" -aex \$\$"
}

@test "each: a limit of processes that is reached does not keep it from working" {
	need_root
	cp "$BIN"/{ptree,psmem,pargs} .
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	for t in "ptree $$" "psmem -s pid" "pargs $$"; do
		# shellcheck disable=SC2086
		run setpriv --reuid 54322 --regid 54322 --clear-groups prlimit --nproc=1 ./$t
		[ "$status" -le 1 ]
		[ "${#lines[@]}" -ge 2 ]
		[[ $output != *memory\ *out* ]]
	done
}
