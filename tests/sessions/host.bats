# pid:N: any process, in a container or not, up to the host itself.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

@test "pid:N of a container's first process: the same as its name" {
	start web
	pid=$(pid_of web)
	inject_ok "pid:$pid"
	equal "pid:$pid: attached at /native ($VERSION)" "$out"
	works_in web
	inject_ok web
	equal "web: is there already at /native ($VERSION)" "$out"
	inject_ok --remove "pid:$pid"
	is_clean web
}

@test "pid:N of a process in a mount namespace of its own" {
	ns_process
	inject_ok "pid:$ns_pid"
	equal /native "$(mounts_of "pid:$ns_pid")"
	equal "$(tree_sum "$OUT/native")" "$(tree_sum "/proc/$ns_pid/root/native")"
	[ ! -e /native ]
	inject_ok --remove "pid:$ns_pid"
	[ ! -e "/proc/$ns_pid/root/native" ]
}

@test "pid:N of a process in a chroot: the tools are where that process sees them" {
	rootfs "$BATS_TEST_TMPDIR/root"
	mount -t tmpfs tmpfs "$BATS_TEST_TMPDIR/root/tmp"
	rootfs "$BATS_TEST_TMPDIR/root/tmp"
	chroot "$BATS_TEST_TMPDIR/root/tmp" /one 3>&- &
	STARTED+=($!)
	pid=$!
	wait_for test "/proc/$pid/root" -ef "$BATS_TEST_TMPDIR/root/tmp"
	inject_ok "pid:$pid"
	equal "$BATS_TEST_TMPDIR/root/tmp/native" "$(awk '$5 ~ "/native$" && / - tmpfs native / { print $5 }' /proc/self/mountinfo)"
	[ ! -e /native ]
	inject_ok --remove "pid:$pid"
	[ ! -e "$BATS_TEST_TMPDIR/root/tmp/native" ]
	end_process "$pid"
	umount "$BATS_TEST_TMPDIR/root/tmp"
}

# chrooted DIR COMMAND: a process in a mount namespace of its own, where COMMAND was run, and in a chroot of DIR.
chrooted() {
	# shellcheck disable=SC2016  # for the inner shell
	unshare --mount --propagation private sh -c "$2"'; exec chroot "$0" /one' "$1" 3>&- &
	STARTED+=($!)
	pid=$!
	wait_for grep -qx one "/proc/$pid/comm"
}

# Such a process has no line of the mount that it is on in its own mountinfo.
@test "pid:N of a process in a chroot that is no mount: told private from shared all the same" {
	[ "$(uname -r | cut -d. -f1)" -gt 6 ] || [ "$(uname -r | cut -d. -f2)" -ge 8 ] || skip 'this kernel has no statmount(2)'
	rootfs "$BATS_TEST_TMPDIR/root"
	mount -t tmpfs tmpfs "$BATS_TEST_TMPDIR/root/tmp"
	mkdir "$BATS_TEST_TMPDIR/root/tmp/deep"
	rootfs "$BATS_TEST_TMPDIR/root/tmp/deep"
	chrooted "$BATS_TEST_TMPDIR/root/tmp/deep" true
	inject_ok "pid:$pid"
	[ -x "/proc/$pid/root/native/bin/sh" ]
	inject_ok --remove "pid:$pid"
	[ ! -e "/proc/$pid/root/native" ]
	end_process "$pid"
	chrooted "$BATS_TEST_TMPDIR/root/tmp/deep" "mount --make-shared '$BATS_TEST_TMPDIR/root/tmp'"
	inject_fails "pid:$pid"
	says "pid:$pid" shared
	[ ! -e "/proc/$pid/root/native" ]
	end_process "$pid"
	umount "$BATS_TEST_TMPDIR/root/tmp"
}

@test "pid:N of a zombie" {
	# It ends when its parent is no shell any more: a shell would reap it.
	sh -c '(until grep -q "^sleep$" /proc/$$/comm; do sleep 0.01; done) & echo $! >"$0"; exec sleep 1000' "$BATS_TEST_TMPDIR/zombie" 3>&- &
	STARTED+=($!)
	wait_for test -s "$BATS_TEST_TMPDIR/zombie"
	zombie=$(cat "$BATS_TEST_TMPDIR/zombie")
	wait_for grep -q '^State:.Z' "/proc/$zombie/status"
	inject_fails "pid:$zombie"
	says "inject: pid:$zombie: " ended
}

# The real process 1 of this run's world, with / shared as systemd has it.
@test "pid:1: the host itself gets /native, works there, and loses it again" {
	[ ! -e /native ] || skip "there is a /native on this machine, which the test would cover"
	mount --make-rshared /
	inject_ok pid:1
	equal "pid:1: attached at /native ($VERSION)" "$out"
	equal "$(tree_sum "$OUT/native")" "$(tree_sum /native)"
	equal works "$(/native/bin/sh -c 'echo works')"
	never touch /native/x
	inject_ok pid:1
	equal "pid:1: is there already at /native ($VERSION)" "$out"
	inject_ok --list
	prints pid:1 "$VERSION at /native"
	inject_ok --remove pid:1
	equal 'pid:1: removed from /native' "$out"
	mount --make-rprivate /
	[ ! -e /native ]
}
