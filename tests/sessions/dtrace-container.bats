# dtrace for one container, by `inject -p NAME -- dtrace ...`: scenario 1, and nothing of anybody else. What is counted comes
# from programs that know what they did (tests/progs/exactly, and node itself).

setup() {
	load ../lib
	native_setup
	[ -e /sys/kernel/btf/vmlinux ] || skip "this kernel has no BTF"
	mkdir -p "$BATS_TEST_TMPDIR/root/tmp"
	cp "$PROGS/exactly" "$PROGS/one" "$BATS_TEST_TMPDIR/root/"
	tar -C "$BATS_TEST_TMPDIR/root" -c . | docker import -c 'CMD ["/one"]' - native-test/exactly >/dev/null
	IMAGE=native-test/exactly
	LOAD=()
}
teardown() {
	local p
	for p in "${LOAD[@]}"; do end_process "$p"; done
	native_teardown
}

# trace_on NAME PROGRAM [OPTION]...: dtrace in the container, its probes on when this returns; ends with trace_off.
trace_on() {
	local name=$1 program=$2
	shift 2
	: >"$BATS_TEST_TMPDIR/out"
	env --default-signal=INT "$INJECT" -p "${POWER[@]}" "$name" -- dtrace -q "$@" -n "BEGIN { printf(\"on\\n\"); } $program" \
		>"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" </dev/null 3>&- &
	tracer=$!
	STARTED+=("$tracer")
	wait_for trace_is_on
}
trace_is_on() { grep -q '^on' "$BATS_TEST_TMPDIR/out" || ! kill -0 "$tracer" 2>/dev/null; }
# trace_off: Ctrl-C; what was printed to $out, without "on", messages to $err, status to $rc.
trace_off() {
	kill -INT "$tracer"
	rc=0
	wait "$tracer" || rc=$?
	out=$(sed '/^on$/d; /^$/d' "$BATS_TEST_TMPDIR/out")
	err=$(cat "$BATS_TEST_TMPDIR/err")
	[ "$rc" = 0 ] && [ -z "$err" ] || complain "dtrace should end with 0 and say nothing on stderr"
}
# traced NAME PROGRAM COMMAND...: the three together; the command's output is dropped.
traced() {
	local name=$1 program=$2
	shift 2
	trace_on "$name" "$program" || return 1
	"$@" >"$BATS_TEST_TMPDIR/did" 2>&1 || complain "the workload failed: $(cat "$BATS_TEST_TMPDIR/did")" || return 1
	trace_off
}
# count KEY...: the number of the row of $out with these words.
count() { awk -v want="$*" '{ n = $NF; $NF = ""; sub(/ +$/, ""); gsub(/ +/, " "); if ($0 == want) { print n; exit } }' <<<"$out"; }
exactly_in() { docker exec "$1" /exactly "${@:2}"; }

@test "system calls are counted exactly, with the names and numbers that the container gives them" {
	start web
	traced web 'syscall::getppid:entry { @[execname, probefunc] = count(); @p[pid] = count(); }
		syscall::getppid:return { @r[execname, arg1 == ppid] = count(); }' \
		exactly_in web getppid=1234
	equal 1234 "$(count exactly getppid)"
	equal 1234 "$(count exactly 1)"
	# The process that did it had a small number.
	local pid
	pid=$(awk 'NF == 2 && $2 == 1234 && $1 ~ /^[0-9]+$/ { print $1; exit }' <<<"$out")
	[ "$pid" -gt 1 ] && [ "$pid" -lt 100 ]
}

@test "calls by the table of 32-bit programs are not taken for others of the same number" {
	[ "$(uname -m)" = x86_64 ] || skip "needs x86_64, where every program may make them"
	start web
	# 64 is getppid there, and semget in the other table.
	traced web 'syscall::semget:entry { @s[execname] = count(); } syscall:::entry /execname == "exactly"/ { @n[probefunc] = count(); }' \
		exactly_in web getppid32=567
	equal '' "$(count exactly)"
	equal '' "$(count semget)"
}

@test "a program that renames itself is known by its file; its failures by errno" {
	start web
	traced web 'syscall::openat:return /execname == "exactly" && errno == 2/ { @e = count(); }
		lx-syscall::open:entry /execname == "exactly" && copyinstr(arg0) == "/nosuch-exactly"/ { @o[copyinstr(arg0)] = count(); }' \
		exactly_in web --name somethingelse nosuch=321
	equal 321 "$(count /nosuch-exactly)"
	equal 2 "$(grep -cw 321 <<<"$out")"
}

@test "proc: exec, exit, create, threads and signals of a program that did a known number of each" {
	start web
	traced web 'proc:::exec-success /execname == "exactly"/ { @["exec"] = count(); }
		proc:::exec-failure /execname == "exactly"/ { @["failure"] = count(); }
		proc:::create /execname == "exactly"/ { @["create"] = count(); }
		proc:::exit /execname == "exactly"/ { @["exit"] = count(); }
		proc:::lwp-create /execname == "exactly"/ { @["lwp"] = count(); }
		proc:::signal-handle /execname == "exactly" && arg0 == 10/ { @["signal"] = count(); }' \
		exactly_in web exec=11 fork=7 badexec=5 thread=13 signal=17
	# docker exec starts the first one, and runc becomes it.
	equal 12 "$(count exec)"
	equal 5 "$(count failure)"
	equal 18 "$(count create)"
	equal 19 "$(count exit)"
	equal 13 "$(count lwp)"
	equal 17 "$(count signal)"
}

@test "processes that leave for other mount, UTS and pid namespaces are still the container's" {
	start web --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	traced web 'syscall::getppid:entry /execname == "exactly"/ { @ = count(); }' exactly_in web unshare=9 nested=4 getppid=2
	equal 15 "$(tr -d ' ' <<<"$out")"
}

# noise NAME...: each container, and the host, makes calls under a name of its own until the test ends.
noise() {
	local name
	for name; do
		docker exec "$name" /exactly --name "n-$name" getppid=2000000000 >/dev/null 2>&1 3>&- &
		LOAD+=($!)
	done
	"$PROGS/exactly" getppid=2000000000 >/dev/null 2>&1 3>&- &
	LOAD+=($!)
}

@test "under load not one call of another container or of the host, and every one of one's own" {
	start web
	start other
	start third
	noise other third
	traced web 'syscall:::entry { @[execname] = count(); @c = count(); }
		syscall::getppid:entry { @g[pid] = count(); } syscall::openat:entry { @s[copyinstr(arg1)] = count(); }' \
		exactly_in web getppid=5000 nosuch=50
	equal 5000 "$(awk 'NF == 2 && $2 == 5000 { print $2 }' <<<"$out")"
	equal 1 "$(awk '$2 == 5000 || ($1 ~ /^[0-9]+$/ && NF == 2)' <<<"$out" | wc -l)"
	equal 50 "$(count /nosuch-exactly)"
	# Whoever puts a process into the container (runc) is in it for a moment, too.
	never grep -vE '^ *(exactly|runc[^ ]*|one|dtrace|[0-9]+|/.*) *[0-9]* *$|^ *[0-9]+ *$' <<<"$out"
	never grep -E 'n-|other|third' <<<"$out"
}

@test "the host's pid namespace: by cgroup, and not one call of the others" {
	start web --pid host
	start other --pid host
	noise other
	traced web 'syscall::getppid:entry { @[execname] = count(); @p[pid] = count(); }' exactly_in web getppid=3000
	equal 3000 "$(count exactly)"
	equal '' "$(awk 'NF == 2 && $2 > 3000' <<<"$out")"
}

@test "another container's pid namespace: both are seen, as ps in either shows both" {
	start web
	start side --pid container:web
	start other
	noise other
	traced side 'syscall::getppid:entry { @[execname] = count(); }' exactly_in web getppid=700
	equal 700 "$(count exactly)"
	equal 1 "$(wc -l <<<"$out")"
}

@test "a user namespace: uid as the container has it, and the host's rights are enough" {
	mkdir -p "$BATS_TEST_TMPDIR/runc.box/rootfs"
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	rootfs "$BATS_TEST_TMPDIR/runc.box/rootfs"
	cp "$PROGS/exactly" "$BATS_TEST_TMPDIR/runc.box/rootfs/"
	chown -R 100000:100000 "$BATS_TEST_TMPDIR/runc.box/rootfs"
	runc_start box '.linux.namespaces += [{type: "user"}] | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] |
		.linux.gidMappings = .linux.uidMappings | .mounts |= map(select(.type != "sysfs"))'
	traced "pid:$runc_pid" 'syscall::getppid:entry { @[execname] = count(); }' runc exec box /exactly getppid=400
	equal 400 "$(count exactly)"
}

@test "the one-liner of syscall:::, and a neighbour that is not slowed into it" {
	start web
	trace_on web 'syscall::: { @num[execname, pid, probefunc] = count(); }'
	exactly_in web open=200
	trace_off
	local f
	for f in openat write fsync close unlink; do
		[ "$(awk -v f=$f '$1 == "exactly" && $3 == f { print $4 }' <<<"$out")" -ge 400 ] || complain "no 400 of $f" || return 1
	done
	equal 400 "$(awk '$1 == "exactly" && $3 == "fsync" { print $4 }' <<<"$out")"
}

@test "names of files are read at return where they are not there yet at entry" {
	start web
	traced web 'lx-syscall::open:entry /execname == "exactly"/ { @[copyinstr(arg0)] = count(); }' exactly_in web open=300
	equal 300 "$(grep -c '/tmp/exactly-[0-9]* *1$' <<<"$out")"
	never grep -v '/tmp/exactly-' <<<"$out"
}

# node_image: Debian's node with the libraries that it names, and what it does; nothing else.
node_image() {
	local root=$BATS_TEST_TMPDIR/noderoot lib
	need node ldd
	mkdir -p "$root/tmp" "$root/bin"
	cp "$(readlink -f "$(command -v node)")" "$root/bin/node"
	ldd "$root/bin/node" | grep -o '/[^ ]*' | sort -u | while read -r lib; do
		mkdir -p "$root$(dirname "$lib")"
		cp -L "$lib" "$root$lib"
	done
	# Debian's node reads some of its own JavaScript from files.
	[ ! -d /usr/share/nodejs ] || { mkdir -p "$root/usr/share"; cp -RL /usr/share/nodejs "$root/usr/share/"; }
	cat >"$root/waste.js" <<'EOF'
// Writes, syncs, closes and removes small files as fast as it can, eight at a time; knows how many. Ends at SIGTERM.
const fs = require('fs').promises;
let files = 0, stop = false;
process.on('SIGTERM', () => { stop = true; });
async function one() {
	while (!stop) {
		const name = '/tmp/io-file-' + Math.random();
		const f = await fs.open(name, 'w');
		await f.write('x');
		await f.sync();
		await f.close();
		await fs.unlink(name);
		files++;
	}
}
// Something waits for the file that says go.
(async () => {
	for (;;) { try { await fs.access('/tmp/go'); break; } catch (e) { await new Promise(r => setTimeout(r, 20)); } }
	await Promise.all([one(), one(), one(), one(), one(), one(), one(), one()]);
	console.log(files);
})();
EOF
	tar -C "$root" -c . | docker import -c 'CMD ["/bin/node", "/waste.js"]' - native-test/node >/dev/null
}

@test "fds[]: files, sockets and pipes by the names that the container has for them" {
	IMAGE=native-test/bb start web -v "$BATS_TEST_TMPDIR/root:/mnt/vol"
	docker exec web /bin/busybox sh -c '/bin/busybox mkdir /data; for i in 1 2 3 4 5; do echo 0123456; done >/data/log; /bin/busybox cp /data/log /mnt/vol/other'
	# shellcheck disable=SC2016  # the container's
	traced web 'syscall::read:entry /execname == "busybox"/ { self->fd = arg0 + 1; }
		syscall::read:return /self->fd && fds[self->fd - 1].fi_name != "libc.so.6"/ {
			@[fds[self->fd - 1].fi_pathname, fds[self->fd - 1].fi_mount, fds[self->fd - 1].fi_offset] = sum(arg1); self->fd = 0; }' \
		docker exec web /bin/busybox sh -c '/bin/busybox dd if=/data/log of=/dev/null bs=8 count=3; /bin/busybox dd if=/mnt/vol/other of=/dev/null bs=40'
	equal 8 "$(count /data/log / 8)"
	equal 8 "$(count /data/log / 24)"
	equal 40 "$(count /mnt/vol/other /mnt/vol 40)"
	never grep -q "$BATS_TEST_TMPDIR" <<<"$out"
}

@test "scenario 1: node that wastes I/O, typed as written there, against what node itself counted" {
	node_image
	IMAGE=native-test/node start waste-io-example
	start other
	noise other
	inject_ok waste-io-example
	POWER=()
	local dir=$BATS_TEST_TMPDIR files
	trace_on waste-io-example 'syscall::: { @num[execname,pid,probefunc] = count() }'
	cp "$dir/out" "$dir/first"
	: >"/proc/$(pid_of waste-io-example)/root/tmp/go"
	sleep 3
	docker kill -s TERM waste-io-example >/dev/null
	docker wait waste-io-example >/dev/null
	# The container has ended, and dtrace with it: so a second run, in which dtrace ends first.
	wait "$tracer" || :
	files=$(docker logs waste-io-example)
	[ "$files" -gt 20 ]
	docker start waste-io-example >/dev/null
	rm -f "/proc/$(pid_of waste-io-example)/root/tmp/go"
	inject_ok waste-io-example
	trace_on waste-io-example 'syscall::fsync:return { @num[execname,pid,probefunc] = count(); } lx-syscall::open:entry/execname=="node"/ { @o[copyinstr(arg0)] = count() }
		syscall::write:entry /execname != "node"/ { @odd[execname] = count(); }'
	: >"/proc/$(pid_of waste-io-example)/root/tmp/go"
	sleep 2
	trace_off
	local synced opened
	synced=$(awk '$1 == "node" && $2 == 1 && $3 == "fsync" { print $4 }' <<<"$out")
	opened=$(grep -c '/tmp/io-file-0\.[0-9]* *1$' <<<"$out")
	[ "$synced" -gt 20 ]
	# Eight are on their way at either end.
	[ "$((opened - synced))" -ge -16 ] && [ "$((opened - synced))" -le 16 ]
	never grep -E 'exactly|n-other' <<<"$out"
}

@test "a plain docker exec: one sentence that says what is missing and what gives it" {
	start web
	inject_ok web
	rc=0
	docker exec web /native/bin/dtrace -n 'syscall:::entry { @ = count(); }' >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
	err=$(grep -v 'matched [0-9]* probes' "$BATS_TEST_TMPDIR/err")
	equal 1 "$rc"
	equal 1 "$(wc -l <<<"$err")"
	says 'inject -p'
}

@test "a tracer that is killed leaves nothing in the kernel" {
	need bpftool
	start web
	progs() { bpftool prog list | sed -n 's/^\([0-9]*\):.*/\1/p' | sort; }
	progs >"$BATS_TEST_TMPDIR/before"
	trace_on web 'syscall::: { @[probefunc] = count(); }'
	progs | comm -13 "$BATS_TEST_TMPDIR/before" - >"$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -gt 2 ]
	kill -KILL "$tracer"
	wait "$tracer" || :
	nothing_left() { [ -z "$(progs | comm -12 - "$BATS_TEST_TMPDIR/ours")" ]; }
	wait_for nothing_left
}
