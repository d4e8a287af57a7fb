#!/usr/bin/env bats
# strace-lite, inject and the other tools on aarch64: Debian's arm64 kernel under qemu, with the build for that machine.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
MACHINE=aarch64
load qemu

setup_file() {
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	local c
	command -v aarch64-linux-gnu-gcc >/dev/null || return 0
	make -C "$BATS_TEST_DIRNAME/../.." -j2 ARCH=aarch64 all "${BUILD#"$(realpath "$BATS_TEST_DIRNAME/../..")/"}/test/progs/act" \
		>"$BATS_FILE_TMPDIR/log" 2>&1 || { cat "$BATS_FILE_TMPDIR/log"; return 1; }
	for c in "$BATS_TEST_DIRNAME"/../strace/calls/*.c; do
		aarch64-linux-gnu-gcc -static -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -s \
			-o "$BATS_FILE_TMPDIR/calls-$(basename "$c" .c)" "$c"
	done
}

@test "aarch64, Linux 6.1: strace shows the calls of its test programs, signals, threads, what it injects; the tools work" {
	command -v aarch64-linux-gnu-gcc >/dev/null || skip 'aarch64-linux-gnu-gcc is not installed (gcc-aarch64-linux-gnu)'
	kernel linux-image-cloud-arm64
	make_ram arm64.init "$BUILD/inject" "$BUILD/test/progs/act" "$BATS_FILE_TMPDIR"/calls-*
	boot
	diff -u "$BATS_TEST_DIRNAME/arm64.want" <(printf '%s\n' "$said" | sed 1d)
}
