# inject a second time, and a newer inject over an older one.

setup() {
	load ../lib
	native_setup
	NEWER=$OUT/test/inject-newer
	[ -x "$NEWER" ]
	NEWER_VERSION=$("$NEWER" --version | cut -d' ' -f2)
}
teardown() { native_teardown; }

@test "a second inject says that it is there already, exit 0, one mount" {
	start web
	inject_ok web
	before=$(cat "/proc/$(pid_of web)/mountinfo")
	inject_ok web
	equal "web: is there already at /native ($VERSION)" "$out"
	equal "$before" "$(cat "/proc/$(pid_of web)/mountinfo")"
	works_in web
}

@test "the same container twice in one call: attached once" {
	start web
	inject_ok web web
	equal "$(printf 'web: attached at /native (%s)\nweb: is there already at /native (%s)' "$VERSION" "$VERSION")" "$out"
	works_in web
}

@test "the host unpacks once: one tree under /run/native for any number of containers" {
	start web1
	start web2
	inject_ok web1
	before=$(ls -di /run/native/*)
	inject_ok web2
	equal "$before" "$(ls -di /run/native/*)"
	equal "/run/native/$DIGEST" "$(ls -d /run/native/*)"
	equal 1 "$(grep -c " /run/native/$DIGEST " /proc/self/mountinfo)"
	equal "$(tree_sum "$OUT/native")" "$(tree_sum "/run/native/$DIGEST")"
}

@test "/run/native is a mount with private propagation, and the tree in it locked read-only" {
	start web
	inject_ok web
	never grep -E " /run/native[ /].* (shared|master):" /proc/self/mountinfo
	run -1 touch "/run/native/$DIGEST/x"
	run ! mount -o remount,bind,rw "/run/native/$DIGEST"
	run ! mount -o remount,rw "/run/native/$DIGEST"
	run -1 touch "/run/native/$DIGEST/x"
}

@test "ten inject at once on a host that has nothing yet: all succeed, one tree" {
	for i in 0 1 2 3 4 5 6 7 8 9; do start web$i; done
	pids=()
	for i in 0 1 2 3 4 5 6 7 8 9; do
		"$INJECT" web$i >"$BATS_TEST_TMPDIR/out$i" 2>&1 3>&- &
		pids+=($!)
	done
	for p in "${pids[@]}"; do wait "$p"; done
	for i in 0 1 2 3 4 5 6 7 8 9; do
		equal "web$i: attached at /native ($VERSION)" "$(cat "$BATS_TEST_TMPDIR/out$i")"
		works_in web$i
	done
	equal 1 "$(grep -c ' - tmpfs native ' /proc/self/mountinfo)"
}

@test "ten inject at once into one container: it ends up with one mount" {
	start web
	pids=()
	for i in 0 1 2 3 4 5 6 7 8 9; do
		"$INJECT" web >"$BATS_TEST_TMPDIR/out$i" 2>&1 3>&- &
		pids+=($!)
	done
	for p in "${pids[@]}"; do wait "$p"; done
	equal 1 "$(cat "$BATS_TEST_TMPDIR"/out? | grep -c "^web: attached at /native ($VERSION)$")"
	equal 9 "$(cat "$BATS_TEST_TMPDIR"/out? | grep -c "^web: is there already at /native ($VERSION)$")"
	works_in web
}

@test "a newer inject replaces an older one" {
	start web
	inject_ok web
	run -0 "$NEWER" web
	equal "web: replaced at /native ($NEWER_VERSION)" "$output"
	equal /native "$(mounts_of web)"
	[ "$(in_container web /native/bin/sh -c 'head -n 1 /native/VERSION')" = "native $NEWER_VERSION" ]
	run -0 "$NEWER" web
	equal "web: is there already at /native ($NEWER_VERSION)" "$output"
}

@test "and an older one a newer one: what is asked for is what is there" {
	start web
	run -0 "$NEWER" web
	inject_ok web
	equal "web: replaced at /native ($VERSION)" "$out"
	works_in web
}

@test "a shell that runs from the older tools keeps them, and goes on" {
	start web
	inject_ok web
	mkfifo "$BATS_TEST_TMPDIR/keys"
	docker exec -i web /native/bin/sh <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/screen" 2>&1 3>&- &
	shell=$!
	exec 4>"$BATS_TEST_TMPDIR/keys"
	echo 'echo one' >&4
	wait_for grep -q one "$BATS_TEST_TMPDIR/screen"
	run -0 "$NEWER" web
	equal "web: replaced at /native ($NEWER_VERSION)" "$output"
	# Its own built-in applets come from the file it runs from, which is the old one and still there.
	echo 'echo two; ls / >/dev/null && echo three; readlink /proc/$$/exe' >&4
	exec 4>&-
	wait "$shell"
	equal "$(printf 'one\ntwo\nthree\n/bin/busybox')" "$(sed 's,^/native,,' "$BATS_TEST_TMPDIR/screen")"
}

@test "a restart of the container takes the mount away; inject again brings it back" {
	start web
	inject_ok web
	docker restart -t 0 web
	equal '' "$(mounts_of web)"
	inject_ok web
	equal "web: attached at /native ($VERSION)" "$out"
	works_in web
}

@test "docker rm -f of an injected container works, and leaves nothing" {
	start web
	inject_ok web
	docker rm -f web
	inject_ok --remove --all
	no_leftovers
}
