# The other machine: the same make, another compiler, and the programs run under qemu-user.

load common

A=out/aarch64

setup_file() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	[ "$(uname -m)" = x86_64 ] || return 0
	command -v aarch64-linux-gnu-gcc >/dev/null || return 0
	load common
	clean_make -j2 ARCH=aarch64 all "$A/test/rawcount" >"$BATS_FILE_TMPDIR/log" 2>&1 || { cat "$BATS_FILE_TMPDIR/log"; return 1; }
}

setup() {
	[ "$(uname -m)" = x86_64 ] || skip 'this machine is not an x86_64 one: nothing is cross-built here'
	command -v aarch64-linux-gnu-gcc >/dev/null || skip 'aarch64-linux-gnu-gcc is not installed (gcc-aarch64-linux-gnu)'
}

need_qemu() {
	command -v qemu-aarch64-static >/dev/null || skip 'qemu-aarch64-static is not installed (qemu-user-static)'
}

@test "aarch64: every program is a static one for that machine" {
	local p
	for p in $A/busybox $A/tcpdump $A/inject $A/test/rawcount; do
		run readelf -hlW "$p"
		equal 0 "$status"
		[[ $output == *'Machine:'*AArch64* ]] || { echo "$p is for another machine"; return 1; }
		[[ $output != *INTERP* && $output != *DYNAMIC* ]] || { echo "$p is not static"; return 1; }
	done
}

@test "aarch64: inject is at most 1.8 MB" {
	[ "$(stat -c %s $A/inject)" -le 1800000 ]
}

@test "aarch64: the same applets as on x86_64, by the program's own word" {
	need_qemu
	diff out/busybox.applets $A/busybox.applets
	diff <(qemu-aarch64-static $A/busybox --list | grep -vx busybox | LC_ALL=C sort) <(grep -vx busybox $A/busybox.applets)
}

@test "aarch64: the shell and its applets work" {
	need_qemu
	run qemu-aarch64-static $A/busybox sh -c 'for i in 1 2 3; do echo $((i * i)); done | busybox awk "{ s += \$1 } END { print s }"'
	equal 0 "$status"
	equal 14 "$output"
	equal "$(sha256sum <LICENSE)" "$(qemu-aarch64-static $A/busybox sha256sum <LICENSE)"
	equal "$(sha1sum <LICENSE)" "$(qemu-aarch64-static $A/busybox sha1sum <LICENSE)"
}

@test "aarch64: tcpdump compiles a filter and reads a capture" {
	need_qemu
	run qemu-aarch64-static $A/tcpdump -d -y EN10MB udp port 53
	equal 0 "$status"
	[[ ${lines[0]} == '(000) ldh '* ]]
	# an empty capture file of Ethernet, little-endian
	printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0' >"$BATS_TEST_TMPDIR/cap"
	run qemu-aarch64-static $A/tcpdump -nr "$BATS_TEST_TMPDIR/cap"
	equal "reading from file $BATS_TEST_TMPDIR/cap, link-type EN10MB (Ethernet), snapshot length 262144" "$output"
}

@test "aarch64: inject runs and knows its version" {
	need_qemu
	equal "inject $(sed -n 's/^native //p' $A/native/VERSION) (tools $(sha256sum <$A/bundle.tar | cut -c1-16))" \
		"$(qemu-aarch64-static $A/inject --version | head -n 1)"
}

@test "aarch64: the bundle is its tree" {
	xz -dc $A/bundle.tar.xz | cmp - $A/bundle.tar
	tar -xOf $A/bundle.tar bin/busybox | cmp - $A/busybox
}

@test "aarch64: libbpf reads the BPF program, as far as qemu-user goes" {
	need_qemu
	[ -r /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF'
	run qemu-aarch64-static $A/test/rawcount
	equal 77 "$status"
	equal 'rawcount: bpf(2): this kernel does not have it (CONFIG_BPF_SYSCALL)' "$output"
}
