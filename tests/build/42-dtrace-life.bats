# dtrace in the kernel: whose probes fire, and how tracing begins and ends. The programs do a known number of things
# (tests/progs/exactly.c), so counts are compared, not looked at.

bats_require_minimum_version 1.5.0
load common

D=$TOP/out/toolbox/dtrace
EXACTLY=$TOP/out/test/progs/exactly

setup() {
	need_built "$D" "$EXACTLY"
	[ "$(id -u)" = 0 ] || skip 'needs root'
	[ -r /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF (/sys/kernel/btf/vmlinux)'
}

# inside COMMAND...: in a pid namespace of its own, as in a container.
inside() { timeout -k 5 60 unshare -pf --mount-proc "$@"; }

contains() {
	case $2 in *"$1"*) ;; *) printf 'wanted: %s\n   got: %s\n' "$1" "$2"; return 1 ;; esac
}

@test "a command is traced from its first call to its last, and nobody else" {
	run --separate-stderr inside "$D" -qn 'syscall::getppid:{ @[execname, pid == $target, probename] = count(); }' \
		-c "$EXACTLY getppid=1000"
	equal 0 "$status"
	equal 'exactly 1 entry 1000
exactly 1 return 1000' "$(awk 'NF == 4 { print $1, $2, $3, $4 }' <<<"$output" | sort)"
}

@test "calls of 32-bit programs and calls without a name" {
	[ "$(uname -m)" = x86_64 ] || skip 'i386 programs run on x86_64 only'
	run --separate-stderr inside "$D" -qn 'syscall::: /pid == $target/ { @[probefunc, probename, errno] = count(); }' \
		-c "$EXACTLY getppid=10 getppid32=500 unnamed=30"
	equal 0 "$status"
	equal '599 entry 0 30
599 return 38 30
getppid entry 0 510
getppid return 0 510' "$(awk '$1 ~ /^(599|getppid)$/ { print $1, $2, $3, $4 }' <<<"$output" | sort)"
	# by its number alone: no probe of the list, so -Z
	run --separate-stderr inside "$D" -Zqn 'syscall::599:return { @ = count(); }' -c "$EXACTLY unnamed=30"
	equal 30 "$(awk 'NF { print $1 }' <<<"$output")"
}

@test "on the host somebody has to say whose probes fire" {
	[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] || skip 'this is a container'
	run "$D" -qn 'syscall::getppid:entry { @ = count(); }'
	equal 1 "$status"
	contains 'nothing says whose probes are to fire: --host for everything, or --container NAME, --cgroup PATH, -p PID' "$output"
	run --separate-stderr timeout 60 "$D" --host -qn 'syscall::getppid:entry /pid == $target/ { @ = count(); }' -c "$EXACTLY getppid=70"
	equal 0 "$status"
	equal 70 "$(awk 'NF { print $1 }' <<<"$output")"
	run inside "$D" --host -qn 'syscall::getppid:entry { @ = count(); }'
	equal 1 "$status"
	contains 'inside of a container dtrace sees this container only' "$output"
}

@test "a cgroup of either version" {
	local root d tested=0
	for root in /sys/fs/cgroup/unified /sys/fs/cgroup /sys/fs/cgroup/memory; do
		[ -w "$root/cgroup.procs" ] || continue
		d=$root/dtrace-life-$$
		mkdir "$d"
		"$EXACTLY" getppid=30 --stay & others=$!
		sh -c 'echo $$ >"$1/cgroup.procs"; sleep 1; exec "$2" getppid=20' sh "$d" "$EXACTLY" & one=$!
		run --separate-stderr timeout -s INT 3 "$D" --cgroup "$d" -qn 'syscall::getppid:entry /execname == "exactly"/ { @[pid] = count(); }'
		kill "$others"
		wait "$others" "$one" || :
		rmdir "$d"
		equal "$one 20" "$(awk 'NF { print $1, $2 }' <<<"$output")"
		tested=$((tested + 1))
	done
	[ $tested -gt 0 ] || skip 'no cgroup file system can be written to'
}

@test "an interrupt ends tracing and prints" {
	run --separate-stderr inside sh -c '"$1" getppid=5 --stay & timeout -s INT 2 "$2" -qn "tick-50ms { @ = count(); } END { trace(\"end\"); } syscall:::entry { @c = count(); }"' \
		sh "$EXACTLY" "$D"
	contains end "$output"
	[ "$(awk 'NF && $1 + 0 > 5 { n++ } END { print n + 0 }' <<<"$output")" -ge 1 ]
}

@test "exit() in the kernel ends it with that status" {
	run --separate-stderr inside "$D" -qn 'syscall::getppid:entry /++n == 7/ { printf("%d\n", n); exit(9); }' -c "$EXACTLY getppid=20 --stay"
	equal 9 "$status"
	equal 7 "$output"
}

@test "a tracer that is killed leaves nothing in the kernel" {
	command -v bpftool >/dev/null || skip 'needs bpftool, which is not installed'
	"$D" -qn 'BEGIN { trace("on"); } syscall:::{ @[pid] = count(); } profile-97 { @p = count(); }' -xswitchrate=10ms -p $$ \
		>"$BATS_TEST_TMPDIR/out" 3>&- &
	pid=$!
	for _ in $(seq 100); do ! grep -q on "$BATS_TEST_TMPDIR/out" || break; sleep 0.1; done
	ids=$(cat /proc/$pid/fdinfo/* 2>/dev/null | awk '/^prog_id:/ { print $2 }' | sort -u)
	[ "$(wc -w <<<"$ids")" -ge 4 ]
	kill -KILL $pid
	wait $pid || :
	for _ in $(seq 100); do
		left=''
		for id in $ids; do ! bpftool prog show id "$id" >/dev/null 2>&1 || left="$left $id"; done
		[ -n "$left" ] || break
		sleep 0.1
	done
	equal '' "$left"
}

@test "a hundred tracers side by side count their own" {
	local i pids=''
	for i in $(seq 100); do
		timeout 100 unshare -pf --mount-proc "$D" -qn 'syscall::getppid:entry { @ = count(); }' -c "$EXACTLY getppid=$((1000 + i))" \
			>"$BATS_TEST_TMPDIR/$i" 2>&1 3>&- &
		pids="$pids $!"
	done
	# shellcheck disable=SC2086  # numbers
	wait $pids
	for i in $(seq 100); do
		equal $((1000 + i)) "$(awk '/^ *[0-9]+$/ { print $1 }' "$BATS_TEST_TMPDIR/$i")" || { cat "$BATS_TEST_TMPDIR/$i"; return 1; }
	done
}

@test "clear() and printa() under load lose nothing" {
	run --separate-stderr inside "$D" -qn 'syscall::getppid:entry { @ = count(); } tick-20ms { printa("%@d\n", @); clear(@); } END { printa("%@d\n", @); }' \
		-xswitchrate=15ms -c "$EXACTLY getppid=2000000"
	equal 0 "$status"
	equal 2000000 "$(awk 'NF { n += $1 } END { print n }' <<<"$output")"
	[ "$(awk 'NF && $1 > 0' <<<"$output" | wc -l)" -gt 2 ]
}

@test "without the rights a sentence says where they are" {
	run setpriv --bounding-set -all --inh-caps -all --reuid 65534 --clear-groups unshare -rpf --mount-proc "$D" -n 'syscall:::entry { trace(1); }'
	equal 1 "$status"
	contains 'bpf(2) is not permitted' "$output"
	contains 'inject -p NAME -- /native/bin/dtrace' "$output"
	run unshare -mpf --mount-proc sh -c 'mount -t tmpfs none /sys/kernel/btf && exec "$1" -n "syscall:::entry { trace(1); }"' sh "$D"
	equal 1 "$status"
	contains 'the kernel has no type information (CONFIG_DEBUG_INFO_BTF)' "$output"
	run inside "$D" -n 'io:::start { trace(1); }'
	equal 1 "$status"
	contains 'a request to a device does not say which container it is of' "$output"
}

@test "-l lists what may be enabled: in a container nothing of devices, and why" {
	run --separate-stderr -0 inside "$D" -l
	equal 0 "$(awk '$2 == "io"' <<<"$output" | wc -l)"
	equal 1 "$(awk '$2 == "proc" && $NF == "exec"' <<<"$output" | wc -l)"
	run --separate-stderr inside "$D" -ln 'io:::start, BEGIN'
	equal 1 "$status"
	equal 'dtrace: failed to match io:::start: Probes of devices fire for the whole machine: on the host, with --host' "$stderr"
	equal BEGIN "$(awk 'NR > 1 { print $NF }' <<<"$output")"
	# enabling it says the same thing; naming the host in a container is for that to refuse
	run --separate-stderr -0 inside "$D" --host -ln 'io:::start'
	run --separate-stderr -1 "$D" -p $$ -ln 'io:::start'
}

@test "lx-syscall::open is what libc calls for it" {
	run --separate-stderr inside "$D" -qn 'lx-syscall::open:entry /execname == "exactly"/ { @[copyinstr(arg0)] = count(); }' \
		-c "$EXACTLY nosuch=40"
	equal 0 "$status"
	equal '/nosuch-exactly 40' "$(awk 'NF { print $1, $2 }' <<<"$output")"
	run --separate-stderr inside "$D" -qn 'lx-syscall::open:entry { @ = count(); }' -xopenalias=off -c "$EXACTLY nosuch=40"
	equal '' "$(awk 'NF { print $1 }' <<<"$output")"
}

# The kernel keeps a few elements of a hash ready and cannot make more of them within an interrupt: most of these 300 were lost.
@test "keys that come all at once, within an interrupt, are not lost" {
	local clause='' i
	for i in $(seq 300); do clause+="@[$i] = count(); "; done
	run --separate-stderr timeout -k 5 60 "$D" --host -qn "profile-97 { $clause } tick-500ms { exit(0); }"
	equal 0 "$status"
	equal '' "$stderr"
	equal '300 keys, 1 count' "$(awk 'NF == 2 { keys++; if (!($2 in seen)) { seen[$2]; counts++ } }
		END { print keys " keys, " counts " count" }' <<<"$output")"
}

@test "sched::: is what Linux can fire; who names another probe of the guide is told so" {
	run --separate-stderr timeout -k 5 60 "$D" --host -qn 'sched::: { @[probename] = count(); } tick-300ms { exit(0); }'
	equal 0 "$status"
	equal '' "$(grep -v '^dtrace: not all probes fire: this kernel has no tracepoint ' <<<"$stderr")"
	contains 'on-cpu ' "$output"
	run --separate-stderr timeout -k 5 60 "$D" --host -qn 'sched:::tick { exit(0); }'
	equal 1 "$status"
	equal 'dtrace: could not enable tracing: sched:::tick cannot be traced: Linux has no tracepoint for it' "$stderr"
	run -0 "$D" --host -ln 'io:::'
	contains ' start' "$output"
	equal '' "$(grep wait- <<<"$output")"
}

# The guide's whatfor.d and its like ask why a thread left the processor. Who goes to sleep leaves it asleep.
@test "curlwpsinfo has the state in which a thread leaves the processor" {
	run --separate-stderr inside "$D" -qn 'sched:::off-cpu /pid == $target && curlwpsinfo->pr_state == SSLEEP/ { @asleep = count(); }
		sched:::on-cpu /pid == $target && curlwpsinfo->pr_state != SONPROC/ { @wrong = count(); }
		syscall:::entry /pid == $target && curlwpsinfo->pr_sname != 79/ { @wrong = count(); }
		END { printa("asleep %@d\n", @asleep); printa("wrong %@d\n", @wrong); }' -c 'sleep 0.1'
	equal 0 "$status"
	contains asleep "$output"
	equal '' "$(grep wrong <<<"$output")"
}

@test "a buffer beyond what the kernel's part holds is lowered, and that is told" {
	run --separate-stderr inside "$D" -xbackend=bpf -x bufsize=512m -n 'BEGIN { exit(0); }'
	equal 0 "$status"
	equal "dtrace: description 'BEGIN ' matched 1 probe
dtrace: buffer size lowered to 256m" "$stderr"
	run --separate-stderr inside "$D" -xbackend=bpf -x bufsize=256m -n 'BEGIN { exit(0); }'
	equal "dtrace: description 'BEGIN ' matched 1 probe" "$stderr"
}
