# inject --privileged CONTAINER -- TOOL: the host's rights, in the container's namespaces, and nothing of either reaches the other.

setup() {
	load ../lib
	native_setup
}
teardown() {
	local p
	for p in "${CRUN[@]}"; do crun --root "$BATS_TEST_TMPDIR/crun" delete -f "$p"; done
	native_teardown
}

# run_in NAME TOOL...: inject -p; its streams go to $out and $err, its status to $rc. OPTIONS goes before the name.
OPTIONS=()
run_in() {
	local name=$1
	shift
	rc=0
	timeout -k 5 60 "$INJECT" -p "${OPTIONS[@]}" "$name" -- "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" </dev/null || rc=$?
	out=$(cat "$BATS_TEST_TMPDIR/out")
	err=$(cat "$BATS_TEST_TMPDIR/err")
}
# refused STATUS NAME TOOL...: one sentence and that status.
refused() {
	local want=$1
	shift
	run_in "$@"
	[ "$rc" = "$want" ] || complain "expected status $want" || return 1
	[ "$(wc -l <"$BATS_TEST_TMPDIR/err")" = 1 ] && [ -z "$out" ] && [[ $err == inject:\ * ]] || complain "expected one sentence"
}

# scope_of PID: the line of the environment about its container: where it shares our pid namespace.
scope_of() {
	local controller at path
	[ "$(readlink "/proc/$1/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || return 0
	for controller in '' memory; do
		path=$(awk -F: -v c="$controller" '(c == "" && $2 == "") || (c != "" && $2 ~ "(^|,)" c "(,|$)") { print $3 }' "/proc/$1/cgroup")
		[ -n "$path" ] && [ "$path" != / ] || continue
		at=$(awk -v c="$controller" '$9 == "cgroup2" && c == "" || c != "" && $9 == "cgroup" && $11 ~ "(^|,)" c "(,|$)" { print $5; exit }' /proc/self/mountinfo)
		echo "NATIVE_SCOPE=cgroup=$(stat -c %i "$at$path"),$(tr -cd / <<<"$path" | wc -c),$controller"
		return
	done
	echo "NATIVE_SCOPE=mntns=$(readlink "/proc/$1/ns/mnt" | tr -cd 0-9)"
}

# privileged PID NAME: what must hold in every container: rights, namespaces, and that the container's tree is there.
privileged() {
	local pid=$1 name=$2 ns got
	run_in "$name" /native/bin/sh -c '
		for ns in pid net ipc uts cgroup user mnt; do readlink /proc/self/ns/$ns; done
		grep -E "^(CapEff|Seccomp|NoNewPrivs):" /proc/self/status
		pwd; id -u; ls /proc/$$/fd; env | sort; [ -e /sys/kernel/btf/vmlinux ] && echo btf; ls -d /one'
	equal 0 "$rc" || return 1
	equal '' "$err" || return 1
	local lines
	mapfile -t lines <<<"$out"
	local i=0
	for ns in pid net ipc uts cgroup; do
		equal "$(readlink "/proc/$pid/ns/$ns")" "${lines[i]}" || return 1
		i=$((i + 1))
	done
	equal "$(readlink /proc/self/ns/user)" "${lines[5]}" || return 1
	never equal "$(readlink "/proc/$pid/ns/mnt")" "${lines[6]}" >/dev/null || return 1
	never equal "$(readlink /proc/self/ns/mnt)" "${lines[6]}" >/dev/null || return 1
	equal "$(scope_of "$pid")" "$(grep '^NATIVE_SCOPE=' <<<"$out")" || return 1
	got=$(printf '%s\n' "${lines[@]:7}" | sed 's/\t/ /; /^NATIVE_SCOPE=/d')
	equal "CapEff: $(sed -n 's/^CapEff:\t//p' /proc/self/status)
NoNewPrivs: 0
Seccomp: 0
/
0
0
1
2
HOME=/
PATH=/native/bin
PWD=/
SHLVL=1
TERM=xterm
btf
/one" "$got"
}

@test "a default container: all its namespaces but the user namespace, the host's rights, no seccomp, nothing of the environment" {
	start web
	export SECRET=1 TERM=xterm
	exec 7</etc/passwd
	privileged "$(pid_of web)" web
	exec 7<&-
	run_in web ps
	prints /one
	is_clean web
}

@test "user 65532, --read-only, no capability, no-new-privileges, no network" {
	start web --user 65532 --read-only --cap-drop ALL --security-opt no-new-privileges
	TERM=xterm privileged "$(pid_of web)" web
	is_clean web
}

@test "its own cgroup and pid namespaces, as a host with cgroup v2 makes them" {
	start web --cgroupns private
	TERM=xterm privileged "$(pid_of web)" web
	is_clean web
}

@test "the host's pid namespace: the container's process is found by its number there" {
	start web --pid host
	TERM=xterm privileged "$(pid_of web)" web
}

@test "another container's pid namespace" {
	start web
	start side --pid container:web
	TERM=xterm privileged "$(pid_of side)" side
	equal "$(readlink "/proc/$(pid_of web)/ns/pid")" "$(readlink "/proc/$(pid_of side)/ns/pid")"
}

@test "runc, with a user namespace, and a root that only its own user may enter" {
	mkdir -p "$BATS_TEST_TMPDIR/runc.mapped/rootfs"
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	rootfs "$BATS_TEST_TMPDIR/runc.mapped/rootfs"
	chmod 0700 "$BATS_TEST_TMPDIR/runc.mapped/rootfs"
	chown -R 100000:100000 "$BATS_TEST_TMPDIR/runc.mapped/rootfs"
	runc_start mapped '.linux.namespaces += [{type: "user"}] |
		.linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings |
		.mounts |= map(select(.type != "sysfs"))'
	TERM=xterm privileged "$runc_pid" "pid:$runc_pid"
}

@test "crun" {
	need crun
	local dir=$BATS_TEST_TMPDIR/c
	mkdir -p "$dir/rootfs"
	rootfs "$dir/rootfs"
	(cd "$dir" && crun spec && jq '.process.terminal = false | .process.args = ["/one"]' config.json >c && mv c config.json)
	# crun does not like cgroup v1 and v2 side by side; it may do without.
	(cd "$dir" && crun --root "$BATS_TEST_TMPDIR/crun" --cgroup-manager=disabled run -d --pid-file "$dir/pid" small </dev/null >"$dir/log" 2>&1 3>&-) ||
		skip "crun cannot start a container here: $(tail -n 1 "$dir/log")"
	CRUN+=(small)
	TERM=xterm privileged "$(cat "$dir/pid")" "pid:$(cat "$dir/pid")"
}

@test "the status is the tool's; a signal that ends it; and the tool's arguments as they are" {
	start web
	run_in web sh -c 'exit 7'
	equal 7 "$rc"
	run_in web sh -c 'kill -TERM $$'
	equal 143 "$rc"
	run_in web printf '%s|' '' '--' '-p' 'a b' $'a\nb'
	equal $'||--|-p|a b|a\nb|' "|$out"
	echo word | "$INJECT" -p web -- cat >"$BATS_TEST_TMPDIR/out"
	equal word "$(cat "$BATS_TEST_TMPDIR/out")"
}

@test "no such tool 127, no program 126, a program of the container's 126, no container 125, wrong usage 2" {
	start web
	refused 127 web nosuch
	says 'inject: web: /native/bin/nosuch: no such tool; /native/bin/ls /native/bin shows them'
	refused 127 web /native/bin/ls/x
	refused 126 web /native/share
	says 'inject: web: cannot run /native/share: Permission denied; it is a directory, or no program'
	refused 126 web /one
	says 'inject: web: /one is a program of the container, and --privileged gives the host'\''s rights to the tools below /native alone'
	refused 126 web /native/../one
	refused 126 web one/two
	refused 125 nosuch ls
	says 'inject: nosuch: no such container; running: web'
	docker stop -t 0 web >/dev/null
	refused 125 web ls
	says 'the container is not running'
	local args
	for args in '-p web' 'web -- ls' '-p -- ls' '-p web' '-p web --' '-p web two -- ls' '-p --json web -- ls' '-p --at auto web -- ls' '-p -r web -- ls' \
		'--allow-ptrace web' '-p web -- '; do
		rc=0
		# shellcheck disable=SC2086  # words
		timeout 60 "$INJECT" $args >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
		out=$(cat "$BATS_TEST_TMPDIR/out") err=$(cat "$BATS_TEST_TMPDIR/err")
		[ "$rc" = 2 ] && [ -z "$out" ] || complain "inject $args: expected wrong usage" || return 1
	done
	rc=0
	err=$("$INJECT" web -- ls 2>&1) || rc=$?
	says 'with the container'\''s own rights its engine runs it: docker exec CONTAINER /native/bin/ls'
}

@test "/proc and /sys are whole where the container masks them, and there where it has none" {
	start web
	run_in web sh -c 'ls /sys/firmware | wc -l; cat /proc/sys/kernel/ostype; ls /sys/fs/cgroup | wc -l; ls /sys/class/net'
	equal 0 "$rc"
	local lines
	mapfile -t lines <<<"$out"
	[ "${lines[0]}" = "$(find /sys/firmware -mindepth 1 -maxdepth 1 | wc -l)" ]
	equal Linux "${lines[1]}"
	[ "${lines[2]}" -gt 0 ]
	equal lo "${lines[3]}"
	ns_process 'umount /proc && /bin/busybox rmdir /proc /sys'
	OPTIONS=(--allow-ptrace)
	run_in "pid:$ns_pid" sh -c 'ls /proc/self/status /sys/kernel/btf/vmlinux'
	equal 0 "$rc"
	[ ! -e "/proc/$ns_pid/root/native" ] && [ ! -e "/proc/$ns_pid/root/proc" ]
}

@test "a container that puts its own things at /native, /proc and /sys: the tool and what it starts are ours" {
	IMAGE=native-test/bb start web
	in_container web sh -c 'mkdir -p /native/bin && for p in sh ps ls cat; do ln -s /one /native/bin/$p; done; mkdir "/odd
name"; ln -s /etc/passwd "/link"; /bin/busybox mkfifo /fifo'
	run_in web sh -c 'cat /native/VERSION | head -n 1; ls / | cat -v; [ -p /fifo ] && readlink /link'
	equal 0 "$rc"
	prints 'native ' 'odd' /etc/passwd
	ns_process 'umount /proc && /bin/busybox rmdir /proc && ln -s /etc /proc && ln -s /bin /native'
	OPTIONS=(--allow-ptrace)
	run_in "pid:$ns_pid" sh -c 'cat /proc/self/comm; head -n 1 /native/VERSION'
	equal 0 "$rc"
	prints cat "native $VERSION"
}

@test "a root directory full of entries is cut off, and it is said" {
	IMAGE=native-test/bb start web
	in_container web sh -c 'i=0; while [ $i -lt 1100 ]; do : >/many$i; i=$((i+1)); done'
	run_in web sh -c 'ls / | grep -c many'
	equal 0 "$rc"
	[ "$out" -lt 1001 ] && [ "$out" -gt 900 ]
	says 'inject: web: note: the container'\''s root directory holds more than 1000 entries'
}

@test "its root directory cannot be written to, and what is written elsewhere is the container's" {
	IMAGE=native-test/bb start web
	run_in web sh -c '(: >/here); (: >/native/here); (: >/sys/here); echo yes >/tmp/there'
	equal 0 "$rc"
	says "can't create /here: Read-only file system" "can't create /native/here: Read-only file system"
	equal yes "$(in_container web cat /tmp/there)"
}

@test "root in the container cannot look into the tool, trace it or reach the host through it" {
	IMAGE=native-test/bb start web
	inject_ok web
	"$INJECT" -p web -- sh -c 'echo $$; sleep 60' >"$BATS_TEST_TMPDIR/pid" 2>&1 3>&- &
	STARTED+=($!)
	wait_for test -s "$BATS_TEST_TMPDIR/pid"
	n=$(cat "$BATS_TEST_TMPDIR/pid")
	local what
	for what in environ mem maps root/etc/hostname fd/0 cwd/etc/hostname auxv ns/user map_files; do
		never in_container web cat "/proc/$n/$what" >/dev/null 2>&1 || return 1
	done
	equal '' "$(in_container web /native/bin/readlink "/proc/$n/exe" 2>/dev/null)"
	out=$(in_container web /native/bin/strace -p "$n" 2>&1) || :
	prints 'ptrace(PTRACE_SEIZE'  'Operation not permitted'
	# No process of inject's own is in there beside it.
	equal "1 $n" "$(in_container web sh -c 'for p in /proc/[0-9]*; do [ "$(cat $p/comm)" = cat ] || echo ${p#/proc/}; done' | sort -n | head -n 2 | tr '\n' ' ' | sed 's/ $//')"
}

@test "a container that could trace the tool is refused, unless that is accepted" {
	start web --cap-add SYS_PTRACE
	refused 125 web ls
	says 'inject: web: a process of the container may hold CAP_SYS_PTRACE in the host'\''s user namespace' --allow-ptrace
	OPTIONS=(--allow-ptrace)
	run_in web ls /native
	equal 0 "$rc"
	prints bin
	OPTIONS=()
	# With a pid namespace that is the host's there is nothing new to protect.
	start open --cap-add SYS_PTRACE --pid host
	run_in open true
	equal 0 "$rc"
}

@test "a paused container, and a daemon that hangs" {
	start web
	docker pause web >/dev/null
	stop_daemons
	run_in web ps
	equal 0 "$rc"
	prints /one
	go_daemons
	docker unpause web >/dev/null
}

@test "a container that ends takes the tool with it, and it is said" {
	start web
	"$INJECT" -p web -- sh -c 'echo on; sleep 60; :' >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	local pid=$!
	wait_for test -s "$BATS_TEST_TMPDIR/out"
	docker kill web >/dev/null
	rc=0
	wait $pid || rc=$?
	equal 137 "$rc"
	equal 'inject: web: the container has ended, and the command with it' "$(cat "$BATS_TEST_TMPDIR/err")"
}

# at_work: a tool that waits, of inject $injector; its number on the host to $tool.
at_work() {
	rm -f "$BATS_TEST_TMPDIR/on"
	"$INJECT" -p web -- sh -c 'trap "echo got; exit 5" '"${1:-TERM}"'; echo on; while :; do sleep 0.05; done' \
		>"$BATS_TEST_TMPDIR/on" 2>&1 3>&- &
	injector=$!
	wait_for grep -q on "$BATS_TEST_TMPDIR/on"
	leader=$(cat "/proc/$injector/task/$injector/children") leader=${leader% }
	tool=$(cat "/proc/$leader/task/$leader/children") tool=${tool% }
	[ -n "$tool" ]
}
gone() { [ ! -e "/proc/$1" ] || grep -q '^State:.[ZX]' "/proc/$1/status" 2>/dev/null; }

@test "signals for inject reach the tool once; whoever of the three is killed, nothing stays" {
	start web
	local sig
	for sig in HUP INT TERM USR1 QUIT; do
		# A background job of this shell ignores INT and QUIT, and so does the tool then.
		[ "$sig" != INT ] && [ "$sig" != QUIT ] || continue
		at_work $sig
		kill -$sig "$injector"
		rc=0
		wait "$injector" || rc=$?
		equal 5 "$rc"
		equal 1 "$(grep -c got "$BATS_TEST_TMPDIR/on")"
		wait_for gone "$tool"
	done
	for victim in injector leader tool; do
		at_work
		kill -KILL "${!victim}"
		wait "$injector" || :
		wait_for gone "$tool"
		wait_for gone "$leader"
	done
	is_clean web
}

@test "on a terminal: its size, job control in the shell, Ctrl-C for the tool and not for inject" {
	need python3
	start web
	INJECT=$INJECT timeout -k 5 60 python3 - >"$BATS_TEST_TMPDIR/said" 2>&1 <<'EOF'
import os, pty, sys, time, select, fcntl, termios, struct
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execv(os.environ["INJECT"], ["inject", "-p", "web", "--", "sh", "-i"])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 99, 0, 0))
said = b""
def until(text, seconds=20):
    global said
    end = time.time() + seconds
    while text not in said:
        if time.time() > end:
            sys.exit("no %r in %r" % (text, said))
        if select.select([fd], [], [], 0.2)[0]:
            said += os.read(fd, 4096)
until(b"# ")
os.write(fd, b"stty size\n"); until(b"33 99")
os.write(fd, b"echo flags-$-\n"); until(b"flags-"); until(b"m")
os.write(fd, b"echo st''art; sleep 100\n"); until(b"start"); time.sleep(0.3)
os.write(fd, b"\x03"); said = b""; until(b"# ")
os.write(fd, b"echo still-$((40+2))\n"); until(b"still-42")
os.write(fd, b"sleep 100\n"); time.sleep(0.3); os.write(fd, b"\x1a"); until(b"Stopped")
os.write(fd, b"kill -9 %1; wait; echo d''one\n"); until(b"done")
os.write(fd, b"exit 9\n"); until(b"stopped jobs"); os.write(fd, b"exit 9\n")
_, status = os.waitpid(pid, 0)
print("status", os.waitstatus_to_exitcode(status))
EOF
	equal 'status 9' "$(tail -n 1 "$BATS_TEST_TMPDIR/said")"
}

@test "Ctrl-C on a terminal ends a tool that does not handle it, and inject with its status" {
	need python3
	start web
	INJECT=$INJECT timeout -k 5 60 python3 - >"$BATS_TEST_TMPDIR/said" 2>&1 <<'EOF'
import os, pty, time
pid, fd = pty.fork()
if pid == 0:
    os.execv(os.environ["INJECT"], ["inject", "-p", "web", "--", "sh", "-c", "echo on; exec sleep 100"])
said = b""
while b"on" not in said:
    said += os.read(fd, 100)
time.sleep(0.2)
os.write(fd, b"\x03")
_, status = os.waitpid(pid, 0)
print("status", os.waitstatus_to_exitcode(status))
EOF
	equal 'status 130' "$(tail -n 1 "$BATS_TEST_TMPDIR/said")"
}

@test "dtrace and strace work in it, in an image of one program" {
	start web
	run_in web dtrace -qn 'BEGIN { printf("pid %d", pid); exit(4) }'
	equal 4 "$rc"
	prints 'pid '
	run_in web strace -c -p 1 -f -e trace=none
	[ "$rc" != 0 ] || :
	run_in web timeout -s INT 1 strace -p 1
	says 'Process 1 attached'
}

@test "what was attached to the container before stays as it was" {
	start web
	inject_ok web
	run_in web true
	equal 0 "$rc"
	works_in web
	inject_ok --remove web
	is_clean web
}
