# --remove takes back what inject did, and nothing else.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

@test "--remove: docker diff is empty, the directory is gone" {
	start web
	before=$(cat "/proc/$(pid_of web)/mountinfo")
	inject_ok web
	equal 'A /native' "$(docker diff web)"
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	is_clean web
	equal "$before" "$(cat "/proc/$(pid_of web)/mountinfo")"
}

@test "--remove from a --read-only container" {
	start web --read-only
	before=$(cat "/proc/$(pid_of web)/mountinfo")
	inject_ok web
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	is_clean web
	equal "$before" "$(cat "/proc/$(pid_of web)/mountinfo")"
}

@test "--remove from a paused container" {
	start web
	inject_ok web
	docker pause web
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	docker unpause web
	is_clean web
}

@test "an empty /native that the image brought stays" {
	mkdir -p "$BATS_TEST_TMPDIR/root/native"
	chmod 0700 "$BATS_TEST_TMPDIR/root/native"
	cp "$PROGS/one" "$BATS_TEST_TMPDIR/root/one"
	tar -C "$BATS_TEST_TMPDIR/root" -c . | docker import - native-test/own >/dev/null
	IMAGE=native-test/own start web -- /one
	inject_ok web
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	equal '' "$(docker diff web)"
	equal 700 "$(stat -c %a "/proc/$(pid_of web)/root/native")"
}

@test "--remove where nothing is: says so, exit 0, makes nothing" {
	start web
	inject_ok --remove web
	equal 'web: nothing to remove' "$out"
	is_clean web
	[ ! -e /run/native ]
}

@test "--remove twice" {
	start web
	inject_ok web
	inject_ok --remove web
	inject_ok --remove web
	equal 'web: nothing to remove' "$out"
}

@test "--remove finds the tools where an earlier --at put them" {
	start web
	inject_ok --at /dev/native web
	inject_ok --remove web
	equal 'web: removed from /dev/native' "$out"
	equal '' "$(mounts_of web)"
	[ ! -e "/proc/$(pid_of web)/root/dev/native" ]
}

@test "--remove of what another version attached" {
	start web
	"$OUT/test/inject-newer" web
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	is_clean web
}

@test "--remove leaves a mount of the container's own at /native alone" {
	start web --tmpfs /native
	before=$(cat "/proc/$(pid_of web)/mountinfo")
	try --remove web
	equal 'web: nothing to remove' "$out"
	equal "$before" "$(cat "/proc/$(pid_of web)/mountinfo")"
}

@test "--remove after a restart takes the empty directory that stayed" {
	start web
	inject_ok web
	docker restart -t 0 web
	equal 'A /native' "$(docker diff web)"
	inject_ok --remove web
	is_clean web
}

@test "--remove while a shell runs from the tools: the shell goes on, the container is clean" {
	start web
	inject_ok web
	mkfifo "$BATS_TEST_TMPDIR/keys"
	docker exec -i web /native/bin/sh <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/screen" 2>&1 3>&- &
	shell=$!
	exec 4>"$BATS_TEST_TMPDIR/keys"
	echo 'echo one' >&4
	wait_for grep -q one "$BATS_TEST_TMPDIR/screen"
	inject_ok --remove web
	is_clean web
	echo 'echo two' >&4
	exec 4>&-
	wait "$shell"
	equal "$(printf 'one\ntwo')" "$(cat "$BATS_TEST_TMPDIR/screen")"
}

@test "something was mounted over the tools: one sentence, and they go once it is away" {
	IMAGE=native-test/bb start web --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	inject_ok web
	in_container web /bin/mount -t tmpfs tmpfs /native
	inject_fails --remove web
	says 'inject: web: ' /native
	in_container web /bin/umount /native
	inject_ok --remove web
	is_clean web
}

@test "the container unmounted the tools itself: the rest is cleaned up" {
	IMAGE=native-test/bb start web --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	inject_ok web
	in_container web /bin/umount /native
	equal '' "$(mounts_of web)"
	inject_ok --remove web
	is_clean web
	inject_ok web
	works_in web
}

@test "files that the container made under the mount point are never touched" {
	IMAGE=native-test/bb start web --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	inject_ok web
	in_container web /bin/sh -c 'umount /native && echo mine >/native/data'
	inject_ok --remove web
	[ "$(in_container web /bin/cat /native/data)" = mine ]
}

@test "--remove --all: every container, and no trace on the host" {
	start web1
	start web2
	start plain
	inject_ok web1 web2
	inject_ok --remove --all
	prints 'web1: removed from /native' 'web2: removed from /native'
	for c in web1 web2 plain; do is_clean $c; done
	no_leftovers
}

@test "--remove --all with processes that are no container's, too" {
	ns_process
	inject_ok "pid:$ns_pid"
	inject_ok --remove --all
	equal '' "$(mounts_of "pid:$ns_pid")"
	[ ! -e "/proc/$ns_pid/root/native" ]
	no_leftovers
}

@test "--remove --all where nothing was ever injected: exit 0" {
	inject_ok --remove --all
	no_leftovers
}

@test "/run/native was unmounted by somebody: --remove still knows the tools" {
	start web
	inject_ok web
	umount -R -l /run/native
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	is_clean web
}

@test "/run/native was unmounted by somebody: the next inject makes it anew, and replaces" {
	start web
	inject_ok web
	umount -R -l /run/native
	try web
	[ "$rc" = 0 ]
	works_in web
	start shop
	inject_ok shop
	works_in shop
}
