#!/usr/bin/env bats
# inject and the BPF ground on other kernels than this machine's: each boots under qemu (software
# emulation, about three seconds) from an initramfs with our own files.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
load qemu

setup_file() {
	make_ram init "$OUT/inject" "$OUT/test/rawcount"
}

@test "Linux 6.1: attach, again, locked, use, remove, and the raw tracepoint counter" {
	kernel linux-image-cloud-amd64
	boot
	version=$("$OUT/inject" --version | cut -d' ' -f2)
	expected="== attach
pid:N: attached at /native ($version)
-- status 0
== again
pid:N: is there already at /native ($version)
-- status 0
== locked
1
read-only is locked by the kernel
== use
/sbin:/usr/sbin:/bin:/usr/bin:/native/bin
/native/bin/sh: can't create /native/x: Read-only file system
README
VERSION
bin
share
== remove
pid:N: removed from /native
-- status 0
0
-- status 0
== bpf"
	got=$(printf '%s\n' "$said" | sed '1d; /^== bpf/q')
	diff <(echo "$expected") <(echo "$got")
	printf '%s\n' "$said" | sed '1,/^== bpf/d'
	printf '%s\n' "$said" | sed '1,/^== bpf/d' | grep -qx -- '-- status 0'
}
