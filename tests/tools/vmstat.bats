# vmstat beside procps' own, and in containers.

setup() {
	load ../lib
	load peers
	need_root
	TOOL=$OUT/toolbox/vmstat
	docker_used=
}
teardown() { [ -z "$docker_used" ] || native_teardown; }

@test "vmstat: of the same files we print the same bytes as procps" {
	need_procps vmstat
	same_outputs cat '1 2 3' 1 9 '1 2' '-w 1 2' '-a 1 2' '-S m 1 2' '-S k -w 1 2' '-S M -a -w 1 2' '-n 1 2' \
		'-y 1 1' '-d 1 2' '-d -w 1 2' '-d -n 1 2' '-p sdaa0x 1 2' '-m 1 2' '-m -n 1 2' \
		-s '-s -S m' '-s -S k' '-s -S M' '-s -S b' '-S B 1 2' -f '-d -y'
}

@test "vmstat: with more CPUs and disks too, but for the report since boot" {
	need_procps vmstat
	same_outputs cat '7 8' 5 45 '-y 1 1' '-y -w 1 1' '-d 1 2' '-d -w' -s
}

@test "vmstat: -D is procps', but for the milliseconds that procps gives in seconds" {
	need_procps vmstat
	same_outputs 'head -n 10' '1 2 3' 1 30 -D
}

@test "vmstat: the rates since boot are per second, those of procps are per second and CPU" {
	need_procps vmstat
	mkdir "$BATS_TEST_TMPDIR/t"
	cd "$BATS_TEST_TMPDIR/t"
	"$TOP/tests/tools/proctree" 5 4 1
	read -r -a theirs < <(peer "$PWD" "$PEER" | tail -n 1)
	read -r -a ours < <(NATIVE_ROOT=$PWD "$TOOL" | tail -n 1)
	# All but si so bi bo in cs are the same; those are four times as large, both rounded.
	equal "${theirs[*]:0:6} ${theirs[*]:12}" "${ours[*]:0:6} ${ours[*]:12}"
	for i in 6 7 8 9 10 11; do
		[ "$((ours[i] - 4 * theirs[i]))" -ge -3 ] && [ "$((ours[i] - 4 * theirs[i]))" -le 3 ]
	done
}

@test "vmstat: a header as often as procps repeats it on this terminal" {
	need_procps vmstat
	mkdir "$BATS_TEST_TMPDIR/t"
	cd "$BATS_TEST_TMPDIR/t"
	"$TOP/tests/tools/proctree" 3 1 30
	export -f peer_once
	export covered
	for rows in 1 3 4 5 10 40; do
		for o in -m '-m -n' -d '-d -n' '-d -w -t'; do
			# shellcheck disable=SC2086
			"$PROGS/pty" $rows 200 bash -c "peer_once $PWD $PEER $o" >want || { cat want; return 1; }
			# shellcheck disable=SC2086
			NATIVE_ROOT=$PWD "$PROGS/pty" $rows 200 "$TOOL" $o >got || { cat got; return 1; }
			sed -i 's/ 20..-.*//' want got
			[ "$(wc -l <want)" -gt 8 ]
			diff want got || { echo "$rows rows, $o"; return 1; }
		done
	done
}

@test "vmstat: on the live machine it has procps' columns" {
	need_procps vmstat
	for o in '' -a -w '-w -a' -t '-w -t' '-S M' -d '-d -w' -D -s -m -f; do
		# shellcheck disable=SC2086
		"$PEER" $o | sed 's/[0-9][0-9]*/N/g; s/  *N/ N/g' >"$BATS_TEST_TMPDIR/want"
		# shellcheck disable=SC2086
		"$TOOL" --no-container $o | sed 's/[0-9][0-9]*/N/g; s/  *N/ N/g' >"$BATS_TEST_TMPDIR/got"
		diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got" || { echo "vmstat $o"; return 1; }
	done
	# What stands still in between is the same.
	equal "$("$PEER" -s | grep -E 'total (memory|swap)|boot time')" "$("$TOOL" -s | grep -E 'total (memory|swap)|boot time')"
}

@test "vmstat: the time of day, in the time zone that TZ names" {
	TZ=Foo-3:17:22 run -0 "$TOOL" -t --no-container
	[[ ${lines[0]} == *'-- -----timestamp-----' ]]
	[[ ${lines[1]} == *' st                 Foo' ]]
	now=$(date -u '+%s')
	said=$(date -u -d "${lines[2]: -19}" '+%s')
	[ "$((said - 11842 - now))" -le 1 ] && [ "$((now + 11842 - said))" -le 5 ]
}

@test "vmstat: one write a sample, and one read of each file" {
	need strace
	strace -e trace=openat,pread64,write,writev -o "$BATS_TEST_TMPDIR/trace" "$TOOL" --no-container 0.1 4 >/dev/null
	[ "$(grep -c '^writev\?(1,' "$BATS_TEST_TMPDIR/trace")" = 4 ]
	for f in stat meminfo vmstat; do [ "$(grep -c "openat.*\"proc/$f\"" "$BATS_TEST_TMPDIR/trace")" = 1 ]; done
	# Each read of /proc/vmstat makes the kernel collect all of it.
	equal 4 "$(grep -c 'pread64.*"nr_free_pages' "$BATS_TEST_TMPDIR/trace")"
	equal 0 "$(grep -c 'pread64.*, 40[0-9][0-9])' "$BATS_TEST_TMPDIR/trace")"
}

@test "vmstat: SIGINT ends it after the line in hand, with status 0" {
	"$TOOL" 1000 >"$BATS_TEST_TMPDIR/out" 3>&- &
	pid=$!
	wait_for grep -q 'id wa st' "$BATS_TEST_TMPDIR/out"
	kill -INT "$pid"
	wait "$pid"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" = 3 ]
}

@test "vmstat: a full or closed standard output is an error" {
	for o in '1' -d -s -f -h -V; do
		# shellcheck disable=SC2086
		run -1 bash -c "exec '$TOOL' $o >/dev/full"
		equal 'vmstat: standard output cannot be written: No space left on device' "$output"
		run -1 bash -c "exec '$TOOL' $o >&-"
		equal 'vmstat: standard output cannot be written: Bad file descriptor' "$output"
	done
}

@test "vmstat: slabs are for root" {
	run -1 setpriv --reuid 65532 --regid 65532 --clear-groups "$TOOL" -m
	equal 'vmstat: /proc/slabinfo can be read by root only' "$output"
}

@test "vmstat: what lies over /proc/stat is not called the host" {
	run -0 unshare -m --propagation private sh -c '
		mount -t tmpfs tmpfs /mnt && cp /proc/stat /mnt/ && mount --bind /mnt/stat /proc/stat && exec "$1"' sh "$TOOL"
	[[ ${lines[0]} == *'; below: what lies over /proc/stat' ]]
}

no_cgroups_of_podman() {
	rmdir /sys/fs/cgroup/*/libpod_parent/*/ /sys/fs/cgroup/*/libpod_parent 2>/dev/null
	! ls -d /sys/fs/cgroup/*/libpod_parent >/dev/null 2>&1
}

# --- containers ---

# figures: the line about the container, numbers that move left out.
figures() { sed -n 's/^procs.* container: //p; s/^container: //p' | sed 's/[0-9.]*[BKM] of/N of/g; s/cpu [0-9.]*/cpu N/; s/throttled [0-9.]*/throttled N/; s/\r$//'; }

in_docker() {
	native_setup
	docker_used=yes
	start web --memory 64m --memory-swap 128m --cpus 0.5 "$@"
	inject_ok web
}

@test "vmstat: in a Docker container its own memory and CPU stand beside their limits" {
	in_docker
	expected='memory N of 64.0M, swap N of 64.0M; cpu Ns, limit 0.50, throttled N%; below: the host'
	equal "$expected" "$(in_container web /native/bin/vmstat | figures)"
	equal "$expected" "$(in_container -u 65532 -e TERM= web /native/bin/vmstat -w | sed 's/^--procs/procs/' | figures)"
	[ "$(in_container web /native/bin/vmstat --no-container | grep -c container)" = 0 ]
	equal '        65536 K container memory limit
        65536 K container swap limit
          500 container cpu limit, thousandths of a CPU' "$(in_container web /native/bin/vmstat -s | grep 'container.*limit')"
	# On a terminal above the header, in less than 80 columns.
	in_container -t web /native/bin/vmstat | tr -d '\r' >"$BATS_TEST_TMPDIR/out"
	equal 'memory N of 64.0M, swap N of 64.0M; below: the host
cpu Ns, limit 0.50, throttled N%' "$(head -n 2 "$BATS_TEST_TMPDIR/out" | figures)"
	[ "$(sed -n 3p "$BATS_TEST_TMPDIR/out")" = "$(/usr/bin/vmstat | head -n 1)" ]
	[ "$(head -n 2 "$BATS_TEST_TMPDIR/out" | wc -L)" -lt 80 ]
}

@test "vmstat: with the host's pid namespace the container is known by its cgroup" {
	in_docker --pid host
	equal 'memory N of 64.0M, swap N of 64.0M; cpu Ns, limit 0.50, throttled N%; below: the host' \
		"$(in_container web /native/bin/vmstat | figures)"
}

@test "vmstat: the figures are those of the cgroup's own files" {
	in_docker
	limit=$(cat "/sys/fs/cgroup/memory/docker/$(id_of web)/memory.limit_in_bytes" 2>/dev/null) ||
		skip "the memory controller is not on cgroup v1 here"
	equal 67108864 "$limit"
	echo 33554432 >"/sys/fs/cgroup/memory/docker/$(id_of web)/memory.limit_in_bytes"
	[ "$(in_container web /native/bin/vmstat -s | sed -n 's/^ *\([0-9]*\) K container memory limit/\1/p')" = 32768 ]
	usage=$(cat "/sys/fs/cgroup/cpuacct/docker/$(id_of web)/cpuacct.usage")
	said=$(in_container web /native/bin/vmstat -s | sed -n 's/^ *\([0-9]*\) container cpu milliseconds$/\1/p')
	after=$(cat "/sys/fs/cgroup/cpuacct/docker/$(id_of web)/cpuacct.usage")
	[ "$said" -ge "$((usage / 1000000))" ] && [ "$said" -le "$((after / 1000000))" ]
}

@test "vmstat: in a podman container" {
	need podman
	need runc
	# The /run of this test run; podman takes no path of more than 50 characters.
	IMAGES=/run/podman-of-test
	mkdir -p "$IMAGES/img/bin"
	cp "$OUT/busybox" "$IMAGES/img/bin/sh"
	cp "$TOOL" "$OUT/toolbox/free" "$IMAGES/img/bin/"
	# crun does not run where v1 and v2 are mixed.
	pod() {
		podman --root "$IMAGES/root" --runroot "$IMAGES/run" --tmpdir "$IMAGES/tmp" --cgroup-manager cgroupfs \
			--events-backend none --storage-driver vfs --runtime runc "$@"
	}
	had=$(ls -d /sys/fs/cgroup/*/libpod_parent 2>/dev/null || :)
	tar -C "$IMAGES/img" -c . | pod import - web >"$IMAGES/log" 2>&1 || { cat "$IMAGES/log"; return 1; }
	run -0 pod run --rm --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --network none --memory 64m --cpus 0.5 web \
		/bin/vmstat
	equal 'memory N of 64.0M, swap N of 64.0M; cpu Ns, limit 0.50, throttled N%; below: the host' \
		"$(printf '%s\n' "$output" | figures)"
	pod rmi -f web >/dev/null
	# podman leaves the cgroups above its container's.
	[ -n "$had" ] || wait_for no_cgroups_of_podman
}
