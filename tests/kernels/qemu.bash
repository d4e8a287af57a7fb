# For the bats files that boot another kernel under qemu: `load qemu`, then make_ram, kernel, boot; with MACHINE=aarch64
# before it for a machine of that kind. The kernels are Debian's packages, kept in the cache by name; where one cannot be
# had, the test is skipped and says so.
# shellcheck shell=bash disable=SC2154,SC2034  # bats sets status and output; tests use said
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/native/kernels
OUT=${OUT:-$BATS_TEST_DIRNAME/../../out}
MACHINE=${MACHINE:-x86_64}
# What is built for that machine.
BUILD=$OUT
[ "$MACHINE" = "$(uname -m)" ] || BUILD=$OUT/$MACHINE
case $MACHINE in
x86_64) debian=amd64 qemu_package=qemu-system-x86 ;;
aarch64) debian=arm64 qemu_package=qemu-system-arm ;;
esac

# make_ram INIT FILE...: the initramfs: the tools as /tools, INIT as its first process, the FILES at its root.
make_ram() {
	mkdir -p "$CACHE"
	export RAM=$BATS_FILE_TMPDIR/ram
	mkdir -p "$RAM/mnt" "$RAM/proc" "$RAM/sys" "$RAM/run" "$RAM/dev"
	cp "$BATS_TEST_DIRNAME/$1" "$RAM/init"
	shift
	cp -R "$BUILD/native" "$RAM/tools"
	cp "$@" "$RAM/"
	(cd "$RAM" && find . | "$OUT/busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$BATS_FILE_TMPDIR/ram.gz"
}

# foreign_lists: the package lists of $debian below $CACHE/apt, in $apt the options with which apt reads them. They are
# not the machine's own, which stay as they are; only the names of the archives are taken from there.
foreign_lists() {
	local dir=$CACHE/apt-$debian
	mkdir -p "$dir/lists/partial" "$dir/archives/partial"
	: >"$dir/status"
	apt=(-o "APT::Architecture=$debian" -o "APT::Architectures::=$debian" -o "Dir::State=$dir" -o "Dir::State::status=$dir/status"
		-o "Dir::Cache=$dir" -o APT::Sandbox::User=root -o Acquire::Languages=none)
	apt-get "${apt[@]}" -qq update >/dev/null 2>&1 || :
}

# kernel PACKAGE: the image of the newest kernel that this package depends on, in $image; or skips. Of another kind of
# machine than this one any that is in the cache will do, for nobody else keeps those package lists fresh.
kernel() {
	local name='' deb apt=(-o APT::Sandbox::User=root)
	command -v "qemu-system-$MACHINE" >/dev/null || skip "no qemu-system-$MACHINE (Debian: $qemu_package)"
	case $MACHINE.$(uname -m) in
	x86_64.x86_64) ;;
	x86_64.*) skip "an x86_64 kernel is booted only where inject is built for it" ;;
	aarch64.*) name=$(find "$CACHE" -maxdepth 1 -name "linux-image-*-$debian" -printf '%f\n' | sort -V | tail -n 1) ;;
	esac
	if [ -z "$name" ]; then
		[ "$(dpkg --print-architecture)" = "$debian" ] || foreign_lists
		name=$(apt-cache "${apt[@]}" depends "$1" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
	fi
	[ -n "$name" ] || name=$(find "$CACHE" -maxdepth 1 -name "linux-image-*-$debian" -printf '%f\n' | sort -V | tail -n 1)
	[ -n "$name" ] || skip "the package archive has no $1, and no kernel is in $CACHE"
	if [ ! -d "$CACHE/$name" ]; then
		(cd "$BATS_TEST_TMPDIR" && apt-get "${apt[@]}" download "$name" >/dev/null 2>&1) ||
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

# boot [PARAMETER]...: runs init on $image, for at most 600 seconds, for beside other work emulation is slow; what it printed goes
# to $said. cx16 is off because qemu's emulation of it panics now and then; a machine that does not come up is tried once more.
# pauth-impdef: the true algorithm of pointer authentication takes most of the time when it is emulated.
boot() {
	local try console=ttyS0 machine=(-M q35 -cpu 'max,cx16=off')
	[ "$MACHINE" = x86_64 ] || { machine=(-M virt -cpu 'max,pauth-impdef=on') console=ttyAMA0; }
	for try in 1 2; do
		timeout 600 "qemu-system-$MACHINE" "${machine[@]}" -accel tcg -m 512 -nographic -nodefaults \
			-serial stdio -no-reboot -kernel "$image" -initrd "$BATS_FILE_TMPDIR/ram.gz" \
			-append "console=$console quiet panic=-1 $*" </dev/null >"$BATS_TEST_TMPDIR/serial" 2>&1 || :
		said=$(tr -d '\r' <"$BATS_TEST_TMPDIR/serial" | sed -n '/^.*== kernel/,/^== end/p' | sed '1s/.*== kernel/== kernel/')
		case $said in *'== end'*) return 0 ;; esac
	done
	cat "$BATS_TEST_TMPDIR/serial"
	return 1
}
