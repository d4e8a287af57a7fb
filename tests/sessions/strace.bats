# strace in a container under the rights that docker gives by default: its seccomp filter refuses process_vm_readv(2),
# and a user who is not root has no capability at all.

# shellcheck disable=SC2030,SC2031,SC2034  # lib.bash reads out
setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# traced NAME [DOCKER EXEC OPTION]... -- ARG...: strace in the container; its streams together go to $out, its status to $rc.
traced() {
	local options=() name=$1
	shift
	while [ "$1" != -- ]; do options+=("$1"); shift; done
	shift
	rc=0
	out=$(timeout -k 5 60 docker exec "${options[@]}" "$name" /native/bin/strace "$@" 2>&1) || rc=$?
}

# follows NAME [DOCKER EXEC OPTION]...: starts a shell that starts others, and attaches to process 1.
follows() {
	traced "$@" -- -f -e trace=execve,openat,open /native/bin/sh -c '/native/bin/cat /nosuch; exit 7'
	equal 7 "$rc" || return 1
	prints '"/native/bin/cat"' 'open("/nosuch", O_RDONLY|O_LARGEFILE) = -1 ENOENT (No such file or directory)' \
		'+++ exited with 1 +++' '+++ exited with 7 +++' || return 1
	traced "$@" -- -c -f /native/bin/cat /nosuch
	equal 1 "$rc" || return 1
	prints '% time     seconds  usecs/call     calls    errors syscall' || return 1
	# One that waits is attached to, seen waiting, and goes on waiting.
	rc=0
	out=$(docker exec "${@:2}" "$1" /native/bin/timeout -s INT 1 /native/bin/strace -f -p 1 2>&1) || rc=$?
	prints 'strace: Process 1 attached' 'strace: Process 1 detached' || return 1
	grep -q '^State:.S' "/proc/$(pid_of "$1")/status" || complain "process 1 is not as it was"
}

@test "root in a default container" {
	start web
	inject_ok web
	follows web
}

@test "user 65532 in a container of that user" {
	start web --user 65532
	inject_ok web
	follows web
}

@test "--cap-drop ALL, no-new-privileges, --read-only" {
	start web --cap-drop ALL --security-opt no-new-privileges --read-only
	inject_ok web
	follows web
}

@test "another user's process: the reason is said" {
	start web
	inject_ok web
	traced web -u 65532 -- -p 1
	equal 1 "$rc"
	prints 'strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted: it belongs to user 0 and this is user 65532'
	traced web -u 65532 -- -e trace=execve /native/bin/true
	equal 0 "$rc"
	prints 'execve("/native/bin/true", ["/native/bin/true"]'
}

@test "structures and strings of the tracee are read although process_vm_readv is refused" {
	start web
	inject_ok web
	traced web -- -f -v -e trace=stat,lstat,newfstatat,statx,write /native/bin/sh -c '/native/bin/stat -c %n /one; echo done'
	prints 'st_mode=S_IFREG|0' 'write(1, "done\n", 5)'
}

@test "a container that forbids ptrace: the reason is said, and nothing of the command runs" {
	local profile=$BATS_TEST_TMPDIR/profile.json
	echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["ptrace"],"action":"SCMP_ACT_ERRNO","errnoRet":1}]}' >"$profile"
	start web --security-opt "seccomp=$profile"
	inject_ok web
	traced web -- -f /native/bin/touch /made
	equal 1 "$rc"
	prints "Cannot trace '/native/bin/touch': Operation not permitted: the container's seccomp filter or a security module forbids ptrace"
	[ ! -e "/proc/$(pid_of web)/root/made" ]
	traced web -- -p 1
	equal 1 "$rc"
	prints 'Operation not permitted'
}
