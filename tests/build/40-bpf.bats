# The ground under the tracers: the static libbpf, libelf and zlib load a program and it counts exactly.

load common

setup() { need_built out/test/rawcount; }

need_bpf() {
	[ "$(id -u)" = 0 ] || skip 'needs root'
	[ -r /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF (/sys/kernel/btf/vmlinux)'
}

@test "rawcount counts exactly its own calls" {
	need_bpf
	run out/test/rawcount
	equal 0 "$status"
	equal 'rawcount: getppid: 1000 calls made, 1000 counted' "$output"
}

@test "rawcount counts exactly as process 2 of a nested pid namespace" {
	need_bpf
	# shellcheck disable=SC2016
	run unshare -pf --mount-proc sh -c 'out/test/rawcount; echo $?'
	equal 0 "$status"
	equal 'rawcount: getppid: 1000 calls made, 1000 counted
0' "$output"
}

@test "ten of them at once do not count each other" {
	need_bpf
	local i
	for i in 1 2 3 4 5 6 7 8 9 10; do out/test/rawcount >"$BATS_TEST_TMPDIR/$i" 2>&1 & done
	wait
	equal 10 "$(cat "$BATS_TEST_TMPDIR"/* | grep -cx 'rawcount: getppid: 1000 calls made, 1000 counted')"
}

@test "without the right to load BPF: status 77 and one sentence" {
	[ "$(id -u)" = 0 ] || skip 'needs root, to give the rights up'
	[ -r /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF (/sys/kernel/btf/vmlinux)'
	run setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --inh-caps=-all out/test/rawcount
	equal 77 "$status"
	equal 'rawcount: bpf(2): not permitted: run it as root on the host (CAP_BPF and CAP_PERFMON), outside of seccomp' "$output"
}
