# Kernels that lack something. tests/progs/deny.c makes single system calls fail, as they would there.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# lacks CALL RELEASE: refused by the name of the call and the release that has it; nothing is left.
lacks() {
	start web
	WRAP=("$PROGS/deny" "$1")
	inject_fails web
	WRAP=(env)
	says "$1" "Linux $2" "$(uname -r)"
	is_clean web
	no_leftovers
}

@test "no open_tree: Linux 5.2" { lacks open_tree 5.2; }
@test "no move_mount: Linux 5.2" { lacks move_mount 5.2; }
@test "no fsopen: Linux 5.2" { lacks fsopen 5.2; }
@test "no fsconfig: Linux 5.2" { lacks fsconfig 5.2; }
@test "no fsmount: Linux 5.2" { lacks fsmount 5.2; }
@test "no pidfd_open: Linux 5.3" { lacks pidfd_open 5.3; }
@test "no openat2: Linux 5.6" { lacks openat2 5.6; }
@test "no mount_setattr: Linux 5.12" { lacks mount_setattr 5.12; }

@test "no fspick: Linux 5.2" { lacks fspick 5.2; }
@test "no setns for pidfds: Linux 5.8" { lacks setns 5.8; }
@test "no close_range: Linux 5.9" { lacks close_range 5.9; }

@test "several calls missing, the oldest kernel: one sentence, not eight" {
	start web
	WRAP=("$PROGS/deny" "open_tree,move_mount,fsopen,fsconfig,fsmount,pidfd_open,openat2,mount_setattr")
	inject_fails web
	WRAP=(env)
	says 'Linux 5.12'
}

@test "calls that a filter forbids are not taken for missing ones" {
	start web
	WRAP=("$PROGS/deny" fsopen=EPERM)
	inject_fails web
	WRAP=(env)
	says fsopen forbidden
	[[ $err != *'has no'* ]] || complain 'a forbidden call is not a missing one'
}

@test "a kernel before 6.15 cannot clone a detached mount: inject never asks it to" {
	need strace
	start web --read-only
	strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=open_tree,move_mount,fsmount,openat,openat2,recvmsg "$INJECT" web
	# Which descriptors are detached mounts is followed through the trace; helpers inherit them.
	run -0 awk '
		{ ret = $NF; call = $2 }
		/ = -1 / { next }
		match(call, /^open_tree\([0-9]+,/) && $3 == "\"\"," {
			fd = substr(call, 11, RLENGTH - 11)
			if (fd in detached) { print "clone of a detached mount: " $0; exit }
			clones++
		}
		call ~ /^(fsmount|open_tree)\(/ { detached[ret]; next }
		call ~ /^openat2?\(/ { delete detached[ret] }
		match(call, /^move_mount\([0-9]+,/) { delete detached[substr(call, 12, RLENGTH - 12)] }
		match($0, /cmsg_data=\[[0-9]+/) { detached[substr($0, RSTART + 11, RLENGTH - 11)] }
		END { print clones + 0 }' "$BATS_TEST_TMPDIR/trace"
	[[ $output =~ ^[1-9][0-9]*$ ]] || { cat "$BATS_TEST_TMPDIR/trace"; return 1; }
	works_in web
}

# --- no user namespaces: the lock is missing ------------------------------------------------------

NO_USERNS=unshare:0x10000000=ENOSPC

@test "no user namespaces: warns, attaches read-only by the superblock" {
	start web
	WRAP=("$PROGS/deny" "$NO_USERNS")
	try web
	[ "$rc" = 0 ]
	equal "web: attached at /native ($VERSION)" "$out"
	says warning 'user namespaces'
	works_in web
}

@test "no user namespaces: refused for a container with CAP_SYS_ADMIN" {
	start web --cap-add SYS_ADMIN
	WRAP=("$PROGS/deny" "$NO_USERNS")
	try web
	[ "$rc" = 1 ]
	says 'inject: web: ' CAP_SYS_ADMIN --allow-unlocked
	is_clean web
}

@test "no user namespaces: --allow-unlocked attaches there too" {
	start web --cap-add SYS_ADMIN
	WRAP=("$PROGS/deny" "$NO_USERNS")
	try --allow-unlocked web
	[ "$rc" = 0 ]
	says warning
	works_in web
}

@test "no user namespaces: an unlocked copy is not taken for a locked one later" {
	start web
	start power --cap-add SYS_ADMIN
	WRAP=("$PROGS/deny" "$NO_USERNS")
	try web
	[ "$rc" = 0 ]
	# User namespaces are back; the copy on the host is the old one.
	WRAP=(env)
	try power
	[ "$rc" = 1 ] || [ -z "$err" ] || complain 'neither refused nor locked'
	if [ "$rc" = 0 ]; then
		run ! nsenter -t "$(pid_of power)" -m mount -o remount,bind,rw /native
	else
		says CAP_SYS_ADMIN
	fi
}
