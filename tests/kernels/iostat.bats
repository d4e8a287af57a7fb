#!/usr/bin/env bats
# iostat in containers on cgroup v2. This machine's controllers are on v1 and cannot be moved, so a kernel is booted
# under qemu, with a loop device.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
load qemu

# The module of the kernel in $image, kept beside it.
loop_module() {
	local dir name
	dir=$(dirname "$image")
	name=$(basename "$dir")
	[ ! -e "$dir/loop.ko" ] || return 0
	(cd "$BATS_TEST_TMPDIR" && apt-get -o APT::Sandbox::User=root download "$name" >/dev/null 2>&1) ||
		skip "the package $name cannot be downloaded, and its loop.ko is not in $dir"
	dpkg --fsys-tarfile "$BATS_TEST_TMPDIR"/linux-image-*.deb |
		tar -x -O --wildcards './lib/modules/*/kernel/drivers/block/loop.ko' >"$BATS_TEST_TMPDIR/loop.ko"
	mv "$BATS_TEST_TMPDIR/loop.ko" "$dir/loop.ko"
}

@test "Linux 6.1, cgroup v2: iostat shows the container's own I/O, and not that of another" {
	kernel linux-image-cloud-amd64
	loop_module
	make_ram iostat.init "$OUT/test/progs/cgroupns" "$OUT/test/progs/loopdev" "$(dirname "$image")/loop.ko"
	boot psi=1
	diff <(cat <<'END'
== busy
container:   %user %system  %throt cpu-some mem-some mem-full  io-some  io-full
 N N N N N N N N
container:     r/s     rkB/s     w/s     wkB/s   await disk
 N N N N       - loop0
host and all its containers:
Device             tps    kB_read/s    kB_wrtn/s    kB_dscd/s    kB_read    kB_wrtn    kB_dscd
loop0 N N N N       N 0 0
"container": {
"cpu": {"user": N, "system": N, "throttled": N},
"pressure": {"cpu-some": N, "memory-some": N, "memory-full": N, "io-some": N, "io-full": N},
"disk": [
{"disk_device": "loop0", "r/s": some, "rkB/s": some, "w/s": nothing, "wkB/s": nothing, "await": null}
]
},
"container": {
"cpu": {"user": N, "system": N, "throttled": N},
"pressure": {"cpu-some": N, "memory-some": N, "memory-full": N, "io-some": N, "io-full": N},
"disk": [
{"disk_device": "loop0", "r/s": nothing, "rkB/s": nothing, "w/s": nothing, "wkB/s": nothing, "await": null}
]
},
0
== quiet
container:   %user %system  %throt cpu-some mem-some mem-full  io-some  io-full
 N N       - N N N N N
container: no I/O there so far
host and all its containers:
Device             tps    kB_read/s    kB_wrtn/s    kB_dscd/s    kB_read    kB_wrtn    kB_dscd
loop0 N N N N       N 0 0
"container": {
"cpu": {"user": N, "system": N, "throttled": null},
"pressure": {"cpu-some": N, "memory-some": N, "memory-full": N, "io-some": N, "io-full": N},
"disk": [
]
},
"container": {
"cpu": {"user": N, "system": N, "throttled": null},
"pressure": {"cpu-some": N, "memory-some": N, "memory-full": N, "io-some": N, "io-full": N},
"disk": [
]
},
0
== the root cgroup in a pid namespace
container: its cgroup cannot be seen
					"container": null,
== the host
0
== end
END
	) <(printf '%s\n' "$said" | sed 1d)
}
