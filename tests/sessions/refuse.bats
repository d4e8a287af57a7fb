# What inject refuses. After each refusal the container is as it was, and one sentence says why.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# refused NAME TEXT...: refused with a sentence that holds each text; nothing changed in the
# container, neither mounts nor files.
refused() {
	local name=$1 pid mounts files
	shift
	pid=$(pid_of "$name")
	mounts=$(cat "/proc/$pid/mountinfo")
	files=$(ls -laR --time-style=+ "/proc/$pid/root/" --ignore=proc --ignore=sys --ignore=dev 2>/dev/null | sed 's/^total.*//')
	inject_fails "$name"
	equal '' "$out"
	[[ $err == "inject: $name: "* ]] || complain "the sentence should name the container"
	says "$@"
	equal "$mounts" "$(cat "/proc/$pid/mountinfo")"
	equal "$files" "$(ls -laR --time-style=+ "/proc/$pid/root/" --ignore=proc --ignore=sys --ignore=dev 2>/dev/null | sed 's/^total.*//')"
}

link_to() {
	IMAGE=native-test/bb start web
	in_container web /bin/ln -s "$1" /native
	refused web /native 'symbolic link'
	[ "$(readlink "/proc/$(pid_of web)/root/native")" = "$1" ]
}

@test "/native is a symbolic link: absolute" { link_to /etc; }
@test "/native is a symbolic link: relative, out of the root" { link_to ../../../etc; }
@test "/native is a symbolic link: dangling" { link_to /nowhere; }
@test "/native is a symbolic link: to itself" { link_to native; }
@test "/native is a symbolic link: to a magic link, the root of another process" { link_to /proc/1/root; }
@test "/native is a symbolic link: to its own cwd by way of /proc/self" { link_to /proc/self/cwd; }

@test "/native is a regular file" {
	IMAGE=native-test/bb start web
	in_container web /bin/sh -c 'echo mine >/native'
	refused web /native 'file'
	[ "$(cat "/proc/$(pid_of web)/root/native")" = mine ]
}

@test "/native is a FIFO: refused, and nobody waits for its other end" {
	IMAGE=native-test/bb start web
	in_container web /bin/busybox mkfifo /native
	refused web /native FIFO
}

@test "/native is a socket" {
	IMAGE=native-test/bb start web
	python3 - "/proc/$(pid_of web)/root/native" <<-'PY'
		import os, socket, sys
		os.chdir(os.path.dirname(sys.argv[1]))
		socket.socket(socket.AF_UNIX).bind("native")
	PY
	refused web /native socket
}

@test "/native is a device" {
	IMAGE=native-test/bb start web
	in_container web /bin/busybox mknod /native c 1 5
	refused web /native device
}

@test "/native is a directory with a file in it" {
	IMAGE=native-test/bb start web
	in_container web /bin/sh -c 'mkdir /native && echo mine >/native/data'
	refused web /native 'holds files'
	[ "$(in_container web /bin/cat /native/data)" = mine ]
}

@test "/native is a directory with only a hidden directory in it" {
	IMAGE=native-test/bb start web
	in_container web /bin/mkdir -p /native/.hidden
	refused web /native 'holds files'
}

@test "/native is a volume" {
	start web -v /native
	refused web /native mount
}

@test "/native is a bind mount of the host's" {
	mkdir "$BATS_TEST_TMPDIR/host"
	start web -v "$BATS_TEST_TMPDIR/host:/native"
	refused web /native mount
	[ -z "$(ls -A "$BATS_TEST_TMPDIR/host")" ]
}

@test "/native is a tmpfs that looks like ours: same type and source, other content" {
	IMAGE=native-test/bb start web --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	in_container web /bin/sh -c 'mkdir /native && mount -t tmpfs -o ro native /native'
	try web
	# An imitation may be taken for a tree of ours and replaced, or refused; never for tools that are there.
	[[ $out != *already* ]] || complain 'an imitation was taken for the tools'
	[ "$rc" != 0 ] || works_in web
}

@test "the parent mount is shared: refused, for the tools would appear outside too" {
	ns_process 'mount -t tmpfs tmpfs /mnt && mount --make-shared /mnt'
	inject_fails --at /mnt/native "pid:$ns_pid"
	says /mnt/native shared
	equal '' "$(mounts_of "pid:$ns_pid")"
	[ ! -e "/proc/$ns_pid/root/mnt/native" ]
}

@test "a volume with rshared propagation as parent: nothing appears on the host" {
	mkdir "$BATS_TEST_TMPDIR/vol"
	mount --bind "$BATS_TEST_TMPDIR/vol" "$BATS_TEST_TMPDIR/vol"
	mount --make-shared "$BATS_TEST_TMPDIR/vol"
	start web -v "$BATS_TEST_TMPDIR/vol:/vol:rshared"
	inject_fails --at /vol/native web
	says /vol/native shared
	[ -z "$(ls -A "$BATS_TEST_TMPDIR/vol")" ]
	never grep -q "$BATS_TEST_TMPDIR/vol/native" /proc/self/mountinfo
	docker rm -f web
	umount "$BATS_TEST_TMPDIR/vol"
}

@test "a slave parent is no harm: the mount stays inside" {
	ns_process 'mount -t tmpfs tmpfs /mnt && mount --make-shared /mnt && mount --make-slave /mnt'
	inject_ok --at /mnt/native "pid:$ns_pid"
	equal /mnt/native "$(mounts_of "pid:$ns_pid")"
	[ "$(ls -d /mnt/native 2>&1)" != /mnt/native ]
}

# --- who is meant ------------------------------------------------------------------------------

@test "an unknown name: lists what is running, and unpacks nothing" {
	start web1
	start web2
	docker run --name over native-test/bb /bin/busybox true
	inject_fails nosuch
	says 'inject: nosuch: ' 'no such container' web1 web2
	[[ $err != *over* ]] || complain 'a stopped container is not running'
	[ ! -e /run/native ]
}

@test "an unknown name where nothing runs" {
	inject_fails nosuch
	says 'inject: nosuch: ' 'no such container'
}

@test "a stopped container: says so, and leaves it alone" {
	start web
	docker stop -t 0 web
	inject_fails web
	says 'inject: web: ' 'not running'
	[ ! -e /run/native ] || [ "$(ls /run/native)" = "$DIGEST" ]
}

@test "a container that was created and never started" {
	docker create --name web --network none native-test/one
	inject_fails web
	says 'inject: web: ' 'not running'
}

@test "an ambiguous id prefix: lists the candidates" {
	# Ids are random: two that begin alike would take thousands of containers. So a state file is
	# copied under an id of our own choosing.
	start web
	id=$(id_of web)
	twin=${id:0:12}$(printf '%052d' 0)
	fake_state "$twin" '.Name = "/twin"' web
	inject_fails "${id:0:12}"
	says "inject: ${id:0:12}: " 'more than one' "$id" "$twin" web twin
	inject_ok "$id"
	prints 'attached at /native'
}

@test "pid:N with a number that no process has, or no number at all" {
	for spec in pid:4194303 pid:0 pid:-1 pid: pid:1x pid:99999999999999999999 'pid: 1' pid:+1 pid:0x1; do
		inject_fails "$spec"
		says "inject: $spec: "
	done
	[ ! -e /run/native ]
}

@test "a recorded pid that a stranger has by now: refused, the stranger untouched" {
	start web
	pid=$(pid_of web)
	shim=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
	# Nobody may notice the death: the daemons and the shim are stopped, so all files stay as they are.
	stop_daemons
	kill -STOP "$shim"
	kill -KILL "$pid"
	wait_for grep -q '^State:.Z' "/proc/$pid/status"
	inject_fails web
	says 'inject: web: ' "$pid"
	# The zombie holds its number; let it go by ending the shim, and give the number to a stranger.
	kill -KILL "$shim"
	wait_for test ! -e "/proc/$pid"
	"$PROGS/withpid" "$pid" sleep 1000 3>&-
	STARTED+=("$pid")
	inject_fails web
	says 'inject: web: '
	equal '' "$(mounts_of "pid:$pid")"
	[ ! -e /native ]
	go_daemons
}

# pipe2 makes the pipe of the helper that enters: the last call before it is forked, after all checks.
@test "the container ends between the check and the entry: one sentence, nothing left" {
	start web
	try_halted_at pipe2 docker rm -f web -- web
	has_failed web
	says 'inject: web: ' 'ended'
}

@test "the container restarts between the check and the entry: the new one is not touched" {
	start web
	try_halted_at pipe2 docker restart -t 0 web -- web
	has_failed web
	says 'inject: web: ' 'ended'
	is_clean web
}

@test "the container ends right after its pidfd was opened: one sentence" {
	start web
	# The first pidfd_open only asks whether this kernel has it.
	try_halted_at pidfd_open:when=2 docker rm -f web -- web
	has_failed web
	says 'inject: web: ' 'ended'
}

@test "one of several ends meanwhile: the others get the tools" {
	start web1
	start web2
	start web3
	try_halted_at pipe2 docker rm -f web2 -- web1 web2 web3
	has_failed
	says 'inject: web2: ' 'ended'
	equal "$(printf '%s: attached at /native (%s)\n' web1 "$VERSION" web3 "$VERSION")" "$out"
	works_in web1
	works_in web3
}

@test "a process that calls itself a shim, in a container that sees the host's pids, is not believed" {
	start web
	IMAGE=native-test/bb start spoof --pid=host
	id=$(id_of web)
	# A bundle as the shim of `web` would have it, naming the spoofer's own process as init.
	in_container spoof /bin/sh -c "mkdir -p /bundle && cp /bin/one /bundle/containerd-shim-runc-v2 &&
		echo $(pid_of spoof) >/bundle/init.pid"
	docker exec -d -w /bundle spoof /bundle/containerd-shim-runc-v2 containerd-shim -namespace moby -id "$id" \
		-address /run/x/containerd/containerd.sock
	inject_ok web
	works_in web
	equal '' "$(mounts_of spoof)"
}

# --- who asks, and where ------------------------------------------------------------------------

@test "not root: one sentence, exit 1" {
	start web
	WRAP=(setpriv --reuid 65532 --regid 65532 --clear-groups)
	inject_fails web
	says 'root'
	equal '' "$(mounts_of web)"
}

@test "root without CAP_SYS_ADMIN: says which right is missing" {
	start web
	WRAP=(setpriv --bounding-set -sys_admin --inh-caps -sys_admin)
	inject_fails web
	says CAP_SYS_ADMIN
}

@test "inside of a container: says that it belongs on the host" {
	mkdir -p "$BATS_TEST_TMPDIR/root/proc"
	cp "$INJECT" "$BATS_TEST_TMPDIR/root/inject"
	tar -C "$BATS_TEST_TMPDIR/root" -c . | docker import - native-test/inject >/dev/null
	run docker run --rm --network none native-test/inject /inject pid:1
	[ "$status" = 1 ]
	[[ $output == "inject: "* && $output == *host* ]]
}
