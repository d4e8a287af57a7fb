# Many containers at once, and inject killed at any moment.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# crowd N: N containers of the one-program image; their pids, one a line, go to $BATS_TEST_TMPDIR/pids.
crowd() {
	seq "$1" | sed 's/^/c/' | xargs -P 3 -I{} docker run -d --network none --name {} native-test/one >/dev/null
	docker ps -q | xargs docker inspect -f '{{.State.Pid}}' >"$BATS_TEST_TMPDIR/pids"
	equal "$1" "$(wc -l <"$BATS_TEST_TMPDIR/pids")"
}
# whole PID: the tools are at /native of that process once, complete.
whole() {
	equal 1 "$(grep -c ' /native ro,.* - tmpfs native ' "/proc/$1/mountinfo")" &&
		equal "$want" "$(tree_sum "/proc/$1/root/native")"
}

@test "200 containers in one call: attached, all the same, and removed again" {
	crowd 200
	want=$(tree_sum "$OUT/native")
	names=$(seq 200 | sed 's/^/c/')
	# shellcheck disable=SC2086  # a list
	inject_ok $names
	equal "$(sed "s,\$,: attached at /native ($VERSION)," <<<"$names")" "$out"
	while read -r pid; do whole "$pid"; done <"$BATS_TEST_TMPDIR/pids"
	equal 1 "$(grep -c ' - tmpfs native ' /proc/self/mountinfo)"
	# shellcheck disable=SC2086
	inject_ok $names
	equal "$(sed "s,\$,: is there already at /native ($VERSION)," <<<"$names")" "$out"
	inject_ok --list
	equal 200 "$(grep -c "$VERSION at /native" <<<"$out")"
	# With few descriptors to spend as well, in one call for all.
	inject_ok --remove --all
	equal 200 "$(grep -c ': removed from /native$' <<<"$out")"
	WRAP=(prlimit --nofile=200:200)
	inject_ok --all
	equal 200 "$(grep -c ": attached at /native ($VERSION)$" <<<"$out")"
	inject_ok --remove --all
	WRAP=(env)
	while read -r pid; do [ ! -e "/proc/$pid/root/native" ]; done <"$BATS_TEST_TMPDIR/pids"
	no_leftovers
	for c in c1 c100 c200; do is_clean $c; done
}

@test "200 in one call, some gone, some paused, some refused: each gets its own answer" {
	crowd 40
	docker kill c3 c30 >/dev/null
	docker pause c7 c20 >/dev/null
	IMAGE=native-test/bb start link
	in_container link /bin/ln -s /etc /native
	names=$(seq 40 | sed 's/^/c/')
	# shellcheck disable=SC2086
	try $names link nosuch
	[ "$rc" = 1 ]
	equal 38 "$(grep -c ": attached at /native ($VERSION)$" <<<"$out")"
	equal 4 "$(wc -l <<<"$err")"
	says 'inject: c3: ' 'inject: c30: ' 'inject: link: ' 'inject: nosuch: '
	docker unpause c7 c20 >/dev/null
}

# after_kill PID MOMENT: what holds whenever inject was killed.
after_kill() {
	wait_for no_injector >/dev/null || complain "$2: a process is left" || return 1
	if grep -q ' /native .* - tmpfs native ' "/proc/$1/mountinfo"; then
		whole "$1" || complain "$2: half a mount" || return 1
		mounted=$((mounted + 1))
	fi
	rc=0
	timeout -k 5 30 "$INJECT" web >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
	[ "$rc" = 0 ] && [ ! -s "$BATS_TEST_TMPDIR/err" ] || complain "$2: inject fails afterwards: $(cat "$BATS_TEST_TMPDIR/err")"
	whole "$1" || complain "$2: not whole after the next inject"
	timeout -k 5 30 "$INJECT" --remove web >/dev/null
	[ ! -e "/proc/$1/root/native" ] || complain "$2: /native is left after --remove"
}

@test "killed (SIGKILL) at 200 random moments: no half-made mount, no process, no lock held" {
	start web
	pid=$(pid_of web)
	want=$(tree_sum "$OUT/native")
	RANDOM=4711
	mounted=0
	for i in $(seq 200); do
		# Half of them on a host that has nothing yet, so that unpacking is hit as well.
		[ $((i % 2)) = 0 ] || "$INJECT" --remove --all >/dev/null
		# bash reports killed children on standard error, also of a wait: hence the group.
		{
			"$INJECT" web >/dev/null 3>&- &
			killed=$!
			sleep "0.0$(printf '%02d' $((RANDOM % (i % 2 ? 45 : 6))))"
			kill -KILL "$killed" || :
			wait "$killed" || :
		} 2>/dev/null
		after_kill "$pid" "round $i"
	done
	echo "# $mounted of 200 were killed after they had attached" >&3
	"$INJECT" --remove --all >/dev/null
	is_clean web
	no_leftovers
}

@test "killed at each system call that matters, parent or helper: the same holds" {
	need strace
	start web
	pid=$(pid_of web)
	want=$(tree_sum "$OUT/native")
	mounted=0 killed=0
	for call in flock mkdir fsopen fsconfig fsmount mkdirat symlinkat write fspick mount_setattr unshare move_mount \
		open_tree sendmsg recvmsg pidfd_open pipe2 fork setns chroot openat2 statx renameat2; do
		for when in 1 2 3 9; do
			"$INJECT" --remove --all >/dev/null
			rc=0
			{
				strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace="$call" \
					-e inject="$call:signal=KILL:when=$when" "$INJECT" web >/dev/null || rc=$?
			} 2>/dev/null
			# Only some calls are made that often; then nothing was killed, and inject did its work.
			! grep -q 'killed by SIGKILL' "$BATS_TEST_TMPDIR/trace" || killed=$((killed + 1))
			after_kill "$pid" "$call, occurrence $when"
		done
	done
	echo "# $killed killed, $mounted of them after attaching" >&3
	[ "$killed" -ge 40 ]
}

@test "a helper that dies is told in one sentence, and the call goes on with the next container" {
	need strace
	start web1
	start web2
	try_killed() {
		rc=0
		strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=chroot -e inject=chroot:signal=KILL:when=1 \
			"$INJECT" web1 web2 >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
		out=$(cat "$BATS_TEST_TMPDIR/out") err=$(cat "$BATS_TEST_TMPDIR/err")
	}
	try_killed
	grep -q 'killed by SIGKILL' "$BATS_TEST_TMPDIR/trace"
	[ "$rc" = 1 ]
	says 'inject: web1: '
	equal '' "$(mounts_of web1)"
	inject_ok --remove web1 web2
	inject_ok web1 web2
	works_in web1
	works_in web2
}

@test "two inject --remove --all and inject at once, 50 times: nothing is torn" {
	start web
	pid=$(pid_of web)
	want=$(tree_sum "$OUT/native")
	for i in $(seq 50); do
		pids=()
		for what in '--remove --all' web '--remove --all' web; do
			# shellcheck disable=SC2086  # words
			timeout -k 5 60 "$INJECT" $what >"$BATS_TEST_TMPDIR/out.$i" 2>&1 3>&- &
			pids+=($!)
		done
		for p in "${pids[@]}"; do wait "$p" || complain "round $i: $(cat "$BATS_TEST_TMPDIR/out.$i")"; done
		! grep -q ' /native .* - tmpfs native ' "/proc/$pid/mountinfo" || whole "$pid" || complain "round $i"
	done
}

@test "a dockerd of the tests that hangs is replaced, and nothing of it is left" {
	start web
	pid=$(pid_of web)
	inject_ok web
	stop_daemons
	end_daemon docker 3>/dev/null
	[ ! -e "/proc/$pid" ]
	equal '' "$(pgrep -f -- "$SUITE/docker/" || :)"
	daemon_up docker
	start web
	inject_ok web
	works_in web
}
