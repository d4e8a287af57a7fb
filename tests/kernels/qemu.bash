# For the bats files that boot another kernel under qemu: `load qemu`, then make_ram, kernel, boot.
# The kernels are Debian's packages, kept in the cache by name; where one cannot be had, the test is
# skipped and says so.
# shellcheck shell=bash disable=SC2154,SC2034  # bats sets status and output; tests use said
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/native/kernels
OUT=${OUT:-$BATS_TEST_DIRNAME/../../out}

# make_ram INIT FILE...: the initramfs: the tools as /tools, INIT as its first process, the FILES at its root.
make_ram() {
	mkdir -p "$CACHE"
	export RAM=$BATS_FILE_TMPDIR/ram
	mkdir -p "$RAM/mnt" "$RAM/proc" "$RAM/sys" "$RAM/run" "$RAM/dev"
	cp "$BATS_TEST_DIRNAME/$1" "$RAM/init"
	shift
	cp -R "$OUT/native" "$RAM/tools"
	cp "$@" "$RAM/"
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

# boot [PARAMETER]...: runs init on $image; what it printed goes to $said. cx16 is off because qemu's emulation of it
# panics now and then; a machine that does not come up is tried once more.
boot() {
	local try
	for try in 1 2; do
		timeout 120 qemu-system-x86_64 -M q35 -accel tcg -cpu max,cx16=off -m 512 -nographic -nodefaults \
			-serial stdio -no-reboot -kernel "$image" -initrd "$BATS_FILE_TMPDIR/ram.gz" \
			-append "console=ttyS0 quiet panic=-1 $*" </dev/null >"$BATS_TEST_TMPDIR/serial" 2>&1 || :
		said=$(tr -d '\r' <"$BATS_TEST_TMPDIR/serial" | sed -n '/^.*== kernel/,/^== end/p' | sed '1s/.*== kernel/== kernel/')
		case $said in *'== end'*) return 0 ;; esac
	done
	cat "$BATS_TEST_TMPDIR/serial"
	return 1
}
