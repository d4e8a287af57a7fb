# The fixed programs that dtrace carries, in this kernel: what they see of tasks, and what generated programs behind them may do.

load common

setup() { need_built out/test/dispatch out/test/leaves out/test/providers out/test/layout out/toolbox/dtrace; }

need_bpf() {
	[ "$(id -u)" = 0 ] || skip 'needs root'
	[ -r /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF (/sys/kernel/btf/vmlinux)'
}

# All lines say ok; what this machine has no cgroups for is shown.
all_ok() {
	equal 0 "$status"
	sed -n 's/^skip /# not tested: /p' <<<"$output" >&3
	equal '' "$(grep -v '^ok \|^skip ' <<<"$output")"
}

@test "the dispatcher sees exactly the calls of the container" {
	need_bpf
	run out/test/dispatch
	all_ok
}

@test "the dispatcher in a pid namespace of its own" {
	need_bpf
	run unshare -pf --mount-proc out/test/dispatch
	all_ok
}

@test "proc, sched and profile fire as often as things happen" {
	need_bpf
	run timeout 60 out/test/providers
	all_ok
}

@test "leaves that try more than they may are refused" {
	need_bpf
	run out/test/leaves
	all_ok
}

@test "leaves are checked without the kernel, too" {
	[ "$(id -u)" = 0 ] || skip 'needs root, to give the rights up'
	run setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --inh-caps=-all out/test/leaves
	equal 77 "$status"
	equal 0 "$(grep -c '^not ok ' <<<"$output")"
}

@test "args[] are filled in as D lays its types out" {
	out/test/layout >"$BATS_TEST_TMPDIR/layout.d"
	run out/toolbox/dtrace -q -s "$BATS_TEST_TMPDIR/layout.d"
	equal 0 "$status"
	equal '67 members' "$(sed '/^$/d' <<<"$output")"
}
