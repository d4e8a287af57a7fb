#!/usr/bin/env bats
# bats file_tags=check
# The one function that makes strings safe, compiled alone from the patched source, under ASan and UBSan.

load helpers

@test "make_printable: every character, and any bytes" {
	src=("$OUT"/src/busybox-*/libbb/make_printable.c)
	[ -e "${src[0]}" ] || fail "no ${src[0]}: run make"
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	for cc in gcc clang; do
		command -v "$cc" >/dev/null || skip "needs $cc, which is not installed"
		"$cc" -std=gnu11 -Wall -Wextra -Werror -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
			-I"$BATS_TEST_DIRNAME/stub" -o "$BATS_TEST_TMPDIR/t" \
			"$BATS_TEST_DIRNAME/printable_test.c" "${src[0]}"
		"$BATS_TEST_TMPDIR/t" >"$BATS_TEST_TMPDIR/out" || fail "$(cat "$BATS_TEST_TMPDIR/out")"
		is 13 "$(grep -c ^ok "$BATS_TEST_TMPDIR/out")"
	done
}
