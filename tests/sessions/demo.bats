# `make demo`: with the Docker that runs, without any engine, again and again, and broken off.

setup() {
	load ../lib
	native_setup
	# The containers of the demo must not lie on top of a machine's own; this is our world, with no podman in it.
	export PATH=$BATS_TEST_TMPDIR/bin:$PATH
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\nexit 125\n' >"$BATS_TEST_TMPDIR/bin/podman"
	chmod +x "$BATS_TEST_TMPDIR/bin/podman"
	cd "$TOP" || return
	before=$(things)
}
teardown() { native_teardown; }

# What the demo could leave behind.
things() {
	docker ps -aq
	docker images -q native-demo
	ls -d /native /run/native /run/native.lock "$TMPDIR"/native-demo.* /run/runc/* 2>/dev/null || :
}
# The session a newcomer sees, in this order.
session() {
	local want rest=$output
	for want in 'one static program' '/bin/sh' 'no such file' '$ inject ' "attached at /native ($VERSION)" 'tools, and the container holds:' \
		'load average' 'PID ' '/one' 'Mem:' ':8080' LISTEN 'Mem:' 'COMMAND' '/native' 'Read-only file system' \
		'NAME ' "$VERSION at /native" 'removed from /native'; do
		[[ $rest == *"$want"* ]] || { echo "not in the demo, or not in its place: $want"; return 1; }
		rest=${rest#*"$want"}
	done
}

@test "with the Docker that runs here, twice; nothing is left" {
	run -0 build/demo
	session
	[[ $output == *'$ docker exec native-demo'* ]]
	run -0 build/demo
	session
	equal "$before" "$(things)"
}

@test "with no engine at all: a container made on the spot; nothing is left" {
	DOCKER_HOST=unix:///nonexistent run -0 build/demo
	session
	[[ $output == *'$ runc exec native-demo'* ]]
	equal "$before" "$(things)"
}

@test "broken off in the middle: nothing is left" {
	for after in 'There is no shell' 'Now there is a shell' 'Who has them'; do
		build/demo >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
		demo=$!
		wait_for grep -q "$after" "$BATS_TEST_TMPDIR/log"
		kill -TERM "$demo"
		status=0
		wait "$demo" || status=$?
		echo "$after: $status"
		tail -n 5 "$BATS_TEST_TMPDIR/log"
		equal "$before" "$(things)"
	done
}

@test "the tools that others use stay where they are" {
	start web
	inject_ok web
	run -0 build/demo
	works_in web
	[ -d "/run/native/$DIGEST" ]
}

@test "not root: one sentence" {
	run -1 setpriv --reuid 65532 --regid 65532 --clear-groups build/demo
	equal 1 "${#lines[@]}"
	[[ $output == 'demo: '*root* ]]
}
