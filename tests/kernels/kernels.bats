#!/usr/bin/env bats
# inject and the BPF ground on other kernels than this machine's: each boots under qemu (software
# emulation, about three seconds) from an initramfs with our own files. The kernels are Debian's
# packages, kept in the cache by name; where one cannot be had, its test is skipped and says so.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/native/kernels
OUT=${OUT:-$BATS_TEST_DIRNAME/../../out}

setup_file() {
	mkdir -p "$CACHE"
	export RAM=$BATS_FILE_TMPDIR/ram
	mkdir -p "$RAM/mnt" "$RAM/proc" "$RAM/sys" "$RAM/run" "$RAM/dev"
	cp "$BATS_TEST_DIRNAME/init" "$RAM/init"
	cp -R "$OUT/native" "$RAM/tools"
	cp "$OUT/inject" "$OUT/test/rawcount" "$RAM/"
	(cd "$RAM" && find . | "$OUT/busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$BATS_FILE_TMPDIR/ram.gz"
}

# kernel PACKAGE: the image of the newest kernel that this package depends on, in $image; or skips.
kernel() {
	local name deb
	command -v qemu-system-x86_64 >/dev/null || skip "no qemu-system-x86_64 (Debian: qemu-system-x86)"
	[ "$(uname -m)" = x86_64 ] || skip "only x86_64 kernels are booted so far"
	name=$(apt-cache depends "$1" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
	[ -n "$name" ] || name=$(basename "$(find "$CACHE" -maxdepth 1 -name 'linux-image-*' | sort -V | tail -n 1)")
	[ -n "$name" ] || skip "the package archive has no $1, and no kernel is in $CACHE"
	if [ ! -d "$CACHE/$name" ]; then
		(cd "$BATS_TEST_TMPDIR" && apt-get -o APT::Sandbox::User=root download "$name" >/dev/null 2>&1) ||
			skip "the package $name cannot be downloaded, and is not in $CACHE"
		deb=$(echo "$BATS_TEST_TMPDIR"/linux-image-*.deb)
		dpkg -x "$deb" "$BATS_TEST_TMPDIR/kernel"
		rm -f "$deb"
		mkdir -p "$BATS_TEST_TMPDIR/keep"
		mv "$BATS_TEST_TMPDIR"/kernel/boot/vmlinuz-* "$BATS_TEST_TMPDIR/keep/"
		mv "$BATS_TEST_TMPDIR/keep" "$CACHE/$name"
	fi
	image=$(echo "$CACHE/$name"/vmlinuz-*)
}

# boot: runs init on $image; what it printed goes to $said. cx16 is off because qemu's emulation of it
# panics now and then; a machine that does not come up is tried once more.
boot() {
	local try
	for try in 1 2; do
		timeout 120 qemu-system-x86_64 -M q35 -accel tcg -cpu max,cx16=off -m 512 -nographic -nodefaults \
			-serial stdio -no-reboot -kernel "$image" -initrd "$BATS_FILE_TMPDIR/ram.gz" \
			-append 'console=ttyS0 quiet panic=-1' </dev/null >"$BATS_TEST_TMPDIR/serial" 2>&1 || :
		said=$(tr -d '\r' <"$BATS_TEST_TMPDIR/serial" | sed -n '/^.*== kernel/,/^== end/p' | sed '1s/.*== kernel/== kernel/')
		case $said in *'== end'*) return 0 ;; esac
	done
	cat "$BATS_TEST_TMPDIR/serial"
	return 1
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
