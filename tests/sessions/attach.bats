# Where /native can be attached: one test for each kind of container people run.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# attach NAME: one line, exit 0, and the tools work there under docker exec.
attach() {
	inject_ok "$1"
	equal "$1: attached at /native ($VERSION)" "$out"
	works_in "$1"
}

@test "an image of one static program and nothing else" {
	start web
	[ "$(ls "/proc/$(pid_of web)/root")" = "$(printf '%s\n' dev etc one proc sys)" ]
	attach web
	[ "$(in_container web /native/bin/sh -c 'ls / | tr "\n" " "')" = "dev etc native one proc sys " ]
}

@test "the tools run without a shell, a /bin or a PATH of the image" {
	start web
	attach web
	run -0 in_container -e PATH=/nowhere web /native/bin/sh -c 'ps | grep -c "[/]one"; type -p iostat; uname'
	[ "${lines[0]}" = 1 ]
	[ "${lines[1]}" = /native/bin/iostat ]
	[ "${lines[2]}" = Linux ]
}

@test "an image with a shell of its own" {
	IMAGE=native-test/bb start web
	attach web
	[ "$(in_container web /bin/sh -c '/native/bin/uptime >/dev/null && echo yes')" = yes ]
}

@test "--read-only: through a writable clone of the root mount, which itself stays read-only" {
	start web --read-only
	attach web
	never mkdir "/proc/$(pid_of web)/root/x" 2>/dev/null
	run -1 in_container web /native/bin/mkdir /x
	[[ $output == *"Read-only file system"* ]]
}

@test "--user 65532" {
	start web --user 65532
	attach web
	[ "$(in_container web /native/bin/id -u)" = 65532 ]
}

@test "--cap-drop ALL" {
	start web --cap-drop ALL
	attach web
	[ "$(in_container web /native/bin/sh -c 'grep CapEff /proc/self/status' | tr -d '[:space:]')" = CapEff:0000000000000000 ]
}

@test "no-new-privileges" {
	start web --security-opt no-new-privileges
	attach web
	[ "$(in_container web /native/bin/grep -c 'NoNewPrivs:.1' /proc/self/status)" = 1 ]
}

@test "the container gains no capability: those of docker exec are the same before and after" {
	IMAGE=native-test/bb start web
	before=$(in_container web /bin/busybox grep Cap /proc/self/status)
	attach web
	[ "$(in_container web /native/bin/grep Cap /proc/self/status)" = "$before" ]
}

@test "--user, --cap-drop ALL, no-new-privileges, --read-only and no network all at once" {
	start web --user 65532 --cap-drop ALL --security-opt no-new-privileges --read-only
	attach web
}

@test "--network none" {
	start web --network none
	attach web
	run -0 in_container web /native/bin/ip -o link
	[ "${#lines[@]}" = 1 ]
}

@test "--network host" {
	start web --network host
	attach web
}

@test "--pid=host" {
	start web --pid=host
	attach web
}

@test "--pid=container:other: only the one that was named" {
	start other
	start web --pid=container:other
	attach web
	equal '' "$(mounts_of other)"
	[ "$(in_container web /native/bin/ps | grep -c '/one$')" = 2 ]
}

@test "--ipc=host and --uts=host" {
	start web --ipc=host --uts=host
	attach web
}

@test "--init" {
	[ -x /usr/libexec/docker/docker-init ] || [ -x /usr/bin/docker-init ] || command -v docker-init tini >/dev/null ||
		skip "docker has no init program here (package tini)"
	start web --init
	attach web
}

@test "a paused container: it does not run for that, and has the tools when it goes on" {
	start web
	docker pause web
	inject_ok web
	equal "web: attached at /native ($VERSION)" "$out"
	equal paused "$(docker inspect -f '{{.State.Status}}' web)"
	equal /native "$(mounts_of web)"
	docker unpause web
	works_in web
}

@test "a root file system mounted noexec" {
	root=$BATS_TEST_TMPDIR/runc.box/rootfs
	mkdir -p "$root" "$BATS_TEST_TMPDIR/exec"
	rootfs "$root"
	mkdir "$root/x"
	mount --bind "$root" "$root"
	mount -o remount,bind,noexec "$root"
	# Nothing could be executed from there, so the first process comes from a mount of its own.
	cp "$PROGS/one" "$BATS_TEST_TMPDIR/exec/one"
	runc_start box ".process.args = [\"/x/one\"] |
		.mounts += [{destination: \"/x\", type: \"bind\", source: \"$BATS_TEST_TMPDIR/exec\", options: [\"bind\", \"ro\"]}]"
	run runc exec box /one
	[[ $status != 0 && $output == *"ermission denied"* ]]
	inject_ok "pid:$runc_pid"
	equal "pid:$runc_pid: attached at /native ($VERSION)" "$out"
	[ "$(runc exec box /native/bin/sh -c 'echo works')" = works ]
	inject_ok --remove "pid:$runc_pid"
	runc delete -f box
	umount "$root"
}

@test "a container with a user namespace, where root is 100000 on the host" {
	mkdir -p "$BATS_TEST_TMPDIR/runc.box/rootfs"
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	rootfs "$BATS_TEST_TMPDIR/runc.box/rootfs"
	chown -R 100000:100000 "$BATS_TEST_TMPDIR/runc.box/rootfs"
	runc_start box '.linux.namespaces += [{type: "user"}] |
		.linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] |
		.linux.gidMappings = [{containerID: 0, hostID: 100000, size: 65536}] |
		.mounts |= map(select(.type != "sysfs"))'
	inject_ok "pid:$runc_pid"
	equal /native "$(mounts_of "pid:$runc_pid")"
	[ "$(runc exec box /native/bin/sh -c 'id -u; ls /native/README')" = "$(printf '0\n/native/README')" ]
	inject_ok --remove "pid:$runc_pid"
	equal '' "$(mounts_of "pid:$runc_pid")"
	[ ! -e "$BATS_TEST_TMPDIR/runc.box/rootfs/native" ]
}

@test "many volumes: 200 mounts in the container" {
	options=()
	for i in $(seq 200); do options+=(--tmpfs "/v$i"); done
	start web "${options[@]}"
	attach web
}

@test "an image that brings an empty /native of its own" {
	mkdir -p "$BATS_TEST_TMPDIR/root/native"
	cp "$PROGS/one" "$BATS_TEST_TMPDIR/root/one"
	tar -C "$BATS_TEST_TMPDIR/root" -c . | docker import - native-test/own >/dev/null
	IMAGE=native-test/own start web -- /one
	attach web
}

@test "several containers in one call: one line for each, in the order given" {
	start web1
	start web2
	start web3
	inject_ok web2 web3 web1
	equal "$(printf '%s: attached at /native (%s)\n' web2 "$VERSION" web3 "$VERSION" web1 "$VERSION")" "$out"
	for c in web1 web2 web3; do works_in $c; done
}

@test "several in one call, one of them unknown: the others get the tools, exit 1" {
	start web1
	start web2
	inject_fails web1 nosuch web2
	equal "$(printf '%s: attached at /native (%s)\n' web1 "$VERSION" web2 "$VERSION")" "$out"
	says 'inject: nosuch: ' 'no such container'
	works_in web1
	works_in web2
}

@test "--all: every running container, and no stopped one" {
	start web1
	start web2
	start web3
	docker kill web3
	inject_ok --all
	[ "$(sort <<<"$out")" = "$(printf '%s: attached at /native (%s)\n' web1 "$VERSION" web2 "$VERSION")" ]
}

@test "the application goes on: same process, same start time, not stopped for a moment by a signal" {
	start web
	pid=$(pid_of web)
	before=$(cut -d' ' -f1,22 "/proc/$pid/stat")
	started=$(docker inspect -f '{{.State.StartedAt}} {{.RestartCount}}' web)
	attach web
	inject_ok --remove web
	equal "$before" "$(cut -d' ' -f1,22 "/proc/$pid/stat")"
	equal "$started" "$(docker inspect -f '{{.State.StartedAt}} {{.RestartCount}}' web)"
}
