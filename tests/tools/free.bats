# free beside procps' own, and in containers.

setup() {
	load ../lib
	load peers
	need_root
	TOOL=$OUT/toolbox/free
	docker_used=
}
teardown() { [ -z "$docker_used" ] || native_teardown; }

@test "free: of the same file we print the same bytes as procps" {
	need_procps free
	same_outputs cat '1 2 3 4 5 6 7 8 9 10' 1 0 '' -b -k -m -g --tebi --pebi --kilo --mega --giga --tera --peta -h '-h --si' \
		--si '-l -t -v' '-w -l -t -v -b' '-h -l -t -v' '-w -h --si -v' '--mega -h -t'
}

@test "free: again and again, as procps" {
	need_procps free
	same_outputs cat 1 1 0 '-s 1 -c 2' '-c 2' '-s 0,1 -c 3 -h' '-s .1 -c 2 -w'
}

@test "free: on the live machine only the figures differ, and those that stand still do not" {
	need_procps free
	for o in '' -h -w '-l -t -v'; do
		# shellcheck disable=SC2086
		"$PEER" $o | sed 's/ *-*[0-9.][0-9.]*[A-Z]*i*/ N/g' >"$BATS_TEST_TMPDIR/want"
		# shellcheck disable=SC2086
		"$TOOL" --no-container $o | sed 's/ *-*[0-9.][0-9.]*[A-Z]*i*/ N/g' >"$BATS_TEST_TMPDIR/got"
		diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
	done
	equal "$("$PEER" | awk '{ print $2 }')" "$("$TOOL" --no-container | awk '{ print $2 }')"
}

@test "free: a full or closed standard output is an error" {
	for o in '' '-s 1' -L --help -V; do
		run -1 bash -c "exec '$TOOL' $o >/dev/full"
		equal 'free: standard output cannot be written: No space left on device' "$output"
		run -1 bash -c "exec '$TOOL' $o >&-"
		equal 'free: standard output cannot be written: Bad file descriptor' "$output"
	done
}

@test "free: SIGINT ends it with status 0" {
	"$TOOL" -s 1000 >"$BATS_TEST_TMPDIR/out" 3>&- &
	pid=$!
	wait_for grep -q Swap: "$BATS_TEST_TMPDIR/out"
	kill -INT "$pid"
	wait "$pid"
	[ "$(grep -c Mem: "$BATS_TEST_TMPDIR/out")" = 1 ]
}

@test "free: what lies over /proc/meminfo is not called the host" {
	run -0 unshare -m --propagation private sh -c '
		mount -t tmpfs tmpfs /mnt && cp /proc/meminfo /mnt/ && mount --bind /mnt/meminfo /proc/meminfo && exec "$1"' sh "$TOOL"
	[[ ${lines[-1]} == *' what lies over /proc/meminfo.' ]]
}

@test "free: in a Docker container a row has its own memory and limit" {
	native_setup
	docker_used=yes
	IMAGE=native-test/bb start web --memory 64m --memory-swap 96m --tmpfs /t
	inject_ok web
	# 8 MiB on a tmpfs: shared, and cache that cannot be reclaimed, so used.
	in_container web /native/bin/dd if=/dev/zero of=/t/file bs=1M count=8 2>/dev/null
	for user in 0 65532; do
		in_container -u "$user" web /native/bin/free -b >"$BATS_TEST_TMPDIR/out"
		equal "$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)" \
			"$(awk '/^Mem:/ { print $2 / 1024 }' "$BATS_TEST_TMPDIR/out")"
		read -r _ total used free shared cache available < <(grep '^Cgroup: *[0-9]' "$BATS_TEST_TMPDIR/out")
		equal 67108864 "$total"
		equal 8388608 "$shared"
		[ "$used" -ge 8388608 ] && [ "$cache" -ge 8388608 ] && [ "$free" -le "$available" ]
		equal "$total" "$((used + available))"
		equal 'CgSwap:     33554432           0    33554432' "$(grep CgSwap "$BATS_TEST_TMPDIR/out")"
		equal 'Cgroup: this container. The rows above it: the whole host.' "$(tail -n 1 "$BATS_TEST_TMPDIR/out")"
	done
	equal 3 "$(in_container web /native/bin/free --no-container | wc -l)"
	[[ $(in_container web /native/bin/free -L) == *' CgrpMax       65536 ' ]]
}
