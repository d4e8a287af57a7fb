#!/usr/bin/env bats
# free and vmstat in a container on cgroup v2. This machine's controllers are on v1 and cannot be moved, so
# a kernel is booted under qemu.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
load qemu

setup_file() {
	make_ram cgroup2.init "$OUT/test/progs/cgroupns"
}

@test "Linux 6.1, cgroup v2: free and vmstat show the container's own figures, never the root cgroup's" {
	kernel linux-image-cloud-amd64
	boot psi=1
	diff <(cat <<'END'
== namespace
0::/
memory limit 204800, shared 10240
swap limit 16384, used 0
memory NM of NM, swap 0B of NM; cpu Ns, psi cpu N mem 0.0 io 0.0; below: the host
204800 K container memory limit
16384 K container swap limit
== host
0::/pod/box
memory limit 102400, shared 10240
swap limit 16384, used 0
memory NM of NM, swap 0B of NM; cpu Ns, limit 0.50, throttled N%, psi cpu N mem 0.0 io 0.0; below: the host
102400 K container memory limit
16384 K container swap limit
N container cpu periods throttled
N container cpu milliseconds throttled
== the root cgroup in a pid namespace
This container's own memory cannot be seen here. All rows: the whole host.
its cgroup cannot be seen; below: the host
== the host
3
procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
== end
END
	) <(printf '%s\n' "$said" | sed 1d)
}
