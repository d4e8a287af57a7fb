# For every bats file that works with containers: `load ../lib`, then call `native_setup` and
# `native_teardown` from setup and teardown. tests/run has put us into a mount and pid namespace of
# our own with an empty /run, so that nothing here touches the machine's own containers or its
# /run/native, and everything goes when the run ends.
#
# Given by tests/run: TOP (the checkout), OUT (build output, absolute), INJECT, PROGS, SUITE (a
# temporary directory of this run).
# shellcheck shell=bash disable=SC2154,SC2034  # bats sets status and output; tests use out, err, rc

bats_require_minimum_version 1.5.0
if [ -z "${SUITE:-}" ]; then
	echo "these tests are run by tests/run, which makes the place they work in" >&2
	exit 1
fi
export DOCKER_HOST=unix://$SUITE/docker/sock
# "inject 0.1.0 (tools 0123456789abcdef)"
read -r _ VERSION _ DIGEST < <("$INJECT" --version)
DIGEST=${DIGEST%)}

# need_root, need COMMAND...: skips loudly what cannot run here.
need_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }
need() {
	local c
	for c; do command -v "$c" >/dev/null || skip "needs $c, which is not installed"; done
}

# --- running inject ---------------------------------------------------------------------------

# try ARG...: runs inject; its streams go to $out and $err, its status to $rc. No test may hang.
try() {
	rc=0
	timeout -k 5 60 "${WRAP[@]}" "$INJECT" "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
	out=$(cat "$BATS_TEST_TMPDIR/out")
	err=$(cat "$BATS_TEST_TMPDIR/err")
	case $rc in
	0 | 1 | 2) ;;
	124 | 137) complain "inject $* hangs" ;;
	*) complain "inject $* ended with status $rc" ;;
	esac
}
# WRAP: a command put before inject, for example (deny openat2).
WRAP=(env)

# try_halted_at CALL[:when=N] ACTION... -- ARG...: as try, but inject is stopped when it comes back
# from this system call, ACTION is done, and it goes on: a race that always has the same winner.
try_halted_at() {
	local call=$1 action=() tracer
	shift
	while [ "$1" != -- ]; do action+=("$1"); shift; done
	shift
	need strace
	strace -f -qq -o "$BATS_TEST_TMPDIR/strace" -e trace="${call%%:*}" -e inject="${call%%:*}:signal=STOP${call#"${call%%:*}"}" \
		"$INJECT" "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	tracer=$!
	wait_for injector_halted || return 1
	"${action[@]}" || return 1
	kill -CONT "$halted"
	rc=0
	wait "$tracer" || rc=$?
	out=$(cat "$BATS_TEST_TMPDIR/out")
	err=$(cat "$BATS_TEST_TMPDIR/err")
}
injector_halted() {
	grep -q 'stopped by SIGSTOP' "$BATS_TEST_TMPDIR/strace" || return 1
	for halted in $(injectors); do
		! grep -q '^State:.[Tt] ' "/proc/$halted/status" || return 0
	done
	return 1
}
# injectors: the pids of the inject that run now.
injectors() {
	local p
	for p in /proc/[0-9]*; do
		[ "$(readlink "$p/exe" 2>/dev/null)" != "$(realpath "$INJECT")" ] || echo "${p#/proc/}"
	done
}

# complain TEXT: fails the test and shows what inject said last.
complain() {
	printf '%s\n' "$*" "  status: ${rc:-}" "  stdout: ${out:-}" "  stderr: ${err:-}"
	return 1
}

# inject_ok ARG...: must succeed, without a word on standard error.
inject_ok() {
	try "$@"
	[ "$rc" = 0 ] || complain "inject $*: expected success" || return 1
	[ -z "$err" ] || complain "inject $*: nothing should be on stderr" || return 1
}

# inject_fails ARG...: must fail with status 1 and one sentence for the user on standard error.
inject_fails() {
	try "$@"
	has_failed "$@"
}
has_failed() {
	[ "$rc" = 1 ] || complain "inject $*: expected status 1" || return 1
	[ "$(wc -l <"$BATS_TEST_TMPDIR/err")" = 1 ] || complain "inject $*: expected one line on stderr" || return 1
	[[ $err == inject:\ * ]] || complain "inject $*: the line should begin with 'inject: '" || return 1
	! odd_bytes "$err" || complain "inject $*: odd bytes on stderr" || return 1
}

# says TEXT...: each TEXT is part of what inject said on standard error; prints: on standard output.
says() {
	local text
	for text; do
		[[ $err == *"$text"* ]] || complain "stderr should hold: $text" || return 1
	done
}
prints() {
	local text
	for text; do
		[[ $out == *"$text"* ]] || complain "stdout should hold: $text" || return 1
	done
}
# never COMMAND...: must fail. (The shell's own "!" does not end a test.)
never() { ! "$@" || complain "should have failed: $*"; }
odd_bytes() { LC_ALL=C grep -q '[^ -~]' <<<"$1"; }
# equal WANT GOT
equal() {
	[ "$1" = "$2" ] || complain "expected: $1" "     got: $2"
}

# --- containers -------------------------------------------------------------------------------

# start NAME [DOCKER RUN OPTION]... [-- COMMAND...]: a container, of the image with one program in
# it unless IMAGE says another (native-test/bb has a shell and the programs of tests/progs).
start() {
	local name=$1 options=(--network none)
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		[ "$1" != --network ] || options=()
		options+=("$1")
		shift
	done
	[ "${1:-}" != -- ] || shift
	docker run -d --name "$name" "${options[@]}" "${IMAGE:-native-test/one}" "$@" >/dev/null
}

# in_container NAME COMMAND...: as a user would: docker exec.
in_container() { docker exec "$@"; }

id_of() { docker inspect -f '{{.Id}}' "$1"; }
pid_of() {
	case $1 in
	pid:*) echo "${1#pid:}" ;;
	*) docker inspect -f '{{.State.Pid}}' "$1" ;;
	esac
}

# mounts_of NAME: where the tools are mounted in a container, one path a line (source "native", file
# system tmpfs), as /proc/PID/mountinfo shows it. The copy that the host keeps does not count.
mounts_of() {
	awk '{ for (i = 7; $i != "-"; i++); if ($(i + 1) == "tmpfs" && $(i + 2) == "native" && $5 !~ "^/run/native/") print $5 }' \
		"/proc/$(pid_of "$1")/mountinfo"
}

# works_in NAME [DIR]: the tools are there, complete, read-only, and run under docker exec.
works_in() {
	local dir=${2:-/native} pid
	pid=$(pid_of "$1")
	equal "$dir" "$(mounts_of "$1")" || return 1
	equal "$(tree_sum "$OUT/native")" "$(tree_sum "/proc/$pid/root$dir")" || return 1
	[ "$(in_container "$1" "$dir/bin/sh" -c 'echo works')" = works ] || complain "no shell in $1" || return 1
	! touch "/proc/$pid/root$dir/x" 2>/dev/null || complain "$dir is writable"
}

# is_clean NAME: no tools and no /native in the container, and docker sees no change.
is_clean() {
	equal '' "$(mounts_of "$1")" || return 1
	[ ! -e "/proc/$(pid_of "$1")/root/native" ] || complain "/native is still in $1" || return 1
	equal '' "$(docker diff "$1")"
}

# tree_sum DIR: one hash over names, kinds, modes, link targets and contents below DIR.
tree_sum() {
	(cd "$1" && find . -mindepth 1 -printf '%P %y %m %l\n' | LC_ALL=C sort &&
		find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum
}

# rootfs DIR: a root directory with a shell and the test programs, for containers made without docker.
rootfs() {
	mkdir -p "$1/bin" "$1/proc" "$1/dev" "$1/sys" "$1/tmp" "$1/etc"
	chmod 1777 "$1/tmp"
	cp "$OUT/busybox" "$1/bin/busybox"
	local a
	for a in sh sleep ls cat cp mkdir touch ln rm mount umount echo id; do ln -s busybox "$1/bin/$a"; done
	cp "$PROGS"/one "$PROGS"/racer "$PROGS"/attack "$PROGS"/hangfs "$PROGS"/jit "$1/bin/"
	cp "$PROGS/one" "$1/one"
}

# ns_process COMMAND...: a process in a mount namespace of its own, with a root file system of its own
# (a tmpfs with a shell), so that nothing it makes ends up on this machine's disk. It runs COMMAND
# there and then stays; its pid goes to $ns_pid. Ends with the test.
ns_process() {
	local new=$BATS_TEST_TMPDIR/ns.${#STARTED[@]}
	mkdir "$new"
	export -f rootfs
	# shellcheck disable=SC2016
	NEW=$new COMMAND=${*:-:} unshare -m --propagation private bash -ec '
		mount -t tmpfs tmpfs "$NEW"
		rootfs "$NEW"
		mkdir "$NEW/mnt"
		cd "$NEW"
		pivot_root . mnt
		exec /bin/busybox sh -c "umount -l /mnt && mount -t proc proc /proc && $COMMAND && touch /ready && exec /one"
	' 3>&- &
	ns_pid=$!
	STARTED+=("$ns_pid")
	wait_for test -e "/proc/$ns_pid/root/ready"
}

# runc_start NAME [JQ FILTER]: a bare runc container, without any daemon, of a root made by rootfs;
# the filter changes its config.json. Its pid goes to $runc_pid.
runc_start() {
	local name=$1 dir=$BATS_TEST_TMPDIR/runc.$1
	mkdir -p "$dir/rootfs"
	[ -e "$dir/rootfs/one" ] || rootfs "$dir/rootfs"
	(cd "$dir" && rm -f config.json && runc spec && jq "
		.process.terminal = false | .process.args = [\"/one\"] | .root.readonly = false |
		.linux.namespaces |= map(select(.type != \"network\")) |
		.linux.namespaces += [{type: \"network\"}] | ${2:-.}" config.json >c && mv c config.json)
	runc run -d --bundle "$dir" --pid-file "$dir/pid" "$name" </dev/null >"$dir/log" 2>&1 3>&- ||
		{ cat "$dir/log"; return 1; }
	RUNC+=("$name")
	runc_pid=$(cat "$dir/pid")
}

# wait_for COMMAND...: until it succeeds; gives up after a minute (machines stand still for many seconds).
wait_for() {
	local i
	for i in $(seq 1200); do
		"$@" && return
		sleep 0.05
	done
	complain "waited in vain for: $*"
}

# end_process PID: kills it, and waits until it is gone.
end_process() {
	kill -KILL "$1" 2>/dev/null || return 0
	while [ -e "/proc/$1/stat" ] && ! grep -q '^State:.[ZX]' "/proc/$1/status" 2>/dev/null; do sleep 0.01; done
}

# The daemons of this run (not the shims) hang, and go on.
stop_daemons() { signal_daemons STOP; }
go_daemons() { signal_daemons CONT; }
signal_daemons() {
	local p
	for p in /proc/[0-9]*; do
		case $(cat "$p/comm" 2>/dev/null) in dockerd | containerd) kill "-$1" "${p#/proc/}" ;; esac
	done
}

# --- daemons ----------------------------------------------------------------------------------

# daemon_up NAME [DOCKERD OPTION]...: a dockerd of our own below $SUITE/NAME, with its own data-root,
# exec-root and socket, in a network namespace of its own; started once a run. With CONTAINERD=1 it
# gets a containerd that it did not start itself, as on most machines.
daemon_up() {
	local dir=$SUITE/$1 storage
	shift
	[ ! -e "$dir/ready" ] || return 0
	mkdir -p "$dir"
	if [ -n "${CONTAINERD:-}" ]; then
		containerd --root "$dir/ctr-root" --state "$dir/ctr-state" --address "$dir/ctr.sock" \
			>"$dir/containerd.log" 2>&1 </dev/null 3>&- &
		echo $! >"$dir/containerd.pid"
		wait_for test -S "$dir/ctr.sock"
		set -- --containerd "$dir/ctr.sock" "$@"
	fi
	for storage in overlay2 vfs; do
		unshare -n dockerd --data-root "$dir/data" --exec-root "$dir/exec" -p "$dir/pid" \
			-H "unix://$dir/sock" --storage-driver "$storage" --bridge=none --iptables=false \
			--ip-masq=false "$@" >"$dir/log" 2>&1 </dev/null 3>&- &
		wait_for daemon_answers "$dir" $! && [ -S "$dir/sock" ] && break
		echo "# dockerd does not start with the storage driver $storage here" >&3
	done
	[ -S "$dir/sock" ] || { cat "$dir/log"; return 1; }
	images "unix://$dir/sock"
	: >"$dir/ready"
}
daemon_answers() { docker -H "unix://$1/sock" version >/dev/null 2>&1 || ! kill -0 "$2" 2>/dev/null; }

# The images are tars made on the spot; there is no registry.
images() {
	local dir=$SUITE/images
	if [ ! -d "$dir" ]; then
		mkdir -p "$dir/one"
		cp "$PROGS/one" "$dir/one/one"
		rootfs "$dir/bb"
	fi
	tar -C "$dir/one" -c . | docker -H "$1" import -c 'CMD ["/one"]' - native-test/one >/dev/null
	tar -C "$dir/bb" -c . | docker -H "$1" import -c 'CMD ["/one"]' - native-test/bb >/dev/null
}

# fake_state ID JQ_FILTER NAME: a state file below the first daemon's data-root, made from that of
# container NAME. The daemon does not look; it goes with the test.
fake_state() {
	local data=$SUITE/docker/data/containers
	JUNK+=("$data/$1")
	mkdir "$data/$1"
	jq -c --arg id "$1" ".ID = \$id | $2" "$data/$(id_of "$3")/config.v2.json" >"$data/$1/config.v2.json"
}

# --- before and after each test ---------------------------------------------------------------

native_setup() {
	need_root
	RUNC=() STARTED=() JUNK=()
	daemon_up docker
}

# no_containers SOCKET: removes all, by whole ids, for a name may be the beginning of an id; 1 if the daemon
# does not come to an end with it.
no_containers() {
	timeout -k 5 60 docker -H "$1" ps -aq --no-trunc >"$BATS_TEST_TMPDIR/all" || return 1
	# Twenty at a time take two seconds.
	xargs -r -n 20 timeout -k 5 120 docker -H "$1" rm -f <"$BATS_TEST_TMPDIR/all" >/dev/null
}

# end_daemon NAME: ends a daemon that hangs, with its containerd, shims and containers; the next test gets
# a new one from daemon_up.
end_daemon() {
	local dir=$SUITE/$1 p
	echo "# $BATS_TEST_NAME: the test's dockerd hangs (it does not remove its containers): a new one takes its place" >&3
	# Its containerd is below the same directory by name, and what runs in a container has a shim as parent.
	for p in $(pgrep -f -- "$dir/") $(pgrep -f -- "$dir/" | sed 's/^/-P /' | xargs -rn 2 pgrep); do end_process "$p"; done
	grep -o " $dir/[^ ]*" /proc/self/mountinfo | sort -r | xargs -rn 1 umount -l || :
	rm -rf "$dir"
}

# Removes all containers and the copy under /run/native, and fails the test if anything is left.
native_teardown() {
	local p
	go_daemons
	for p in "${STARTED[@]}"; do end_process "$p"; done
	[ "${#JUNK[@]}" = 0 ] || rm -rf "${JUNK[@]}"
	for p in "${RUNC[@]}"; do runc delete -f "$p"; done
	for p in docker second; do
		[ -e "$SUITE/$p/ready" ] || continue
		# A dockerd of 20.10 was seen to wait for ever for the end of containers that it was to remove.
		no_containers "unix://$SUITE/$p/sock" || end_daemon "$p" || return
	done
	"$INJECT" --remove --all >/dev/null || { echo "inject --remove --all failed after the test"; return 1; }
	no_leftovers
}

# Nothing of inject is left anywhere in this run's world: no mount in any process, no directory, no
# lock, no process.
no_leftovers() {
	local left
	left=$(grep -lE ' - tmpfs native(-trees)? ' /proc/[0-9]*/mountinfo 2>/dev/null || :)
	[ -z "$left" ] || complain "the tools are still mounted in: $left" || return 1
	left=$(ls -d /run/native /run/native.lock 2>/dev/null || :)
	[ -z "$left" ] || complain "left on the host: $left" || return 1
	no_injector
}
no_injector() {
	local left
	left=$(injectors)
	[ -z "$left" ] || complain "inject still runs: $left"
}
