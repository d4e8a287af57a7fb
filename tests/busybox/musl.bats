#!/usr/bin/env bats
# The patches of musl that no session shows.

load helpers

@test "musl: iconv and qsort" {
	build musl
	"$PROGS/musl" >"$BATS_TEST_TMPDIR/out" || fail "$(cat "$BATS_TEST_TMPDIR/out")"
	is 5 "$(grep -c '^ok' "$BATS_TEST_TMPDIR/out")"
}
