# For the bats files that hold our tools against procps: both read the same recorded files. procps reads
# the real /proc only, so the files are bind-mounted over it in a mount namespace of their own.
# shellcheck shell=bash disable=SC2154,SC2034  # bats sets status and output; tests use them

# need_procps TOOL: the real one, of the version whose output is the model, in $PEER; or skips.
need_procps() {
	PEER=/usr/bin/$1
	[ -x "$PEER" ] || skip "procps is not installed"
	local version
	version=$("$PEER" -V)
	[ "$version" = "$1 from procps-ng 4.0.2" ] || skip "the model is procps 4.0.2, and this is ${version##* }"
}

# peer DIR COMMAND...: runs COMMAND with the files of DIR/0 over those of /proc and /sys/block; some time after it
# has printed its first line they hold what DIR/1 has. What it prints comes when it is done.
peer() {
	unshare -m --propagation private bash -euc "$covered"'
		"$@" >/mnt/out 2>&1 &
		while [ ! -s /mnt/out ] && kill -0 $!; do sleep 0.01; done 2>/dev/null
		sleep 0.3
		cp "$dir"/1/proc/* /mnt/live/proc/
		wait $! || status=$?
		cat /mnt/out
		exit ${status:-0}' bash "$@"
}

# peer_once DIR COMMAND...: the same with DIR/0 only, and with the terminal as it is.
peer_once() { unshare -m --propagation private bash -euc "$covered"'exec "$@"' bash "$@"; }

covered='
	dir=$1
	shift
	mount -t tmpfs tmpfs /mnt
	cp -R "$dir/0" /mnt/live
	for f in stat meminfo vmstat diskstats slabinfo; do mount --bind "/mnt/live/proc/$f" "/proc/$f"; done
	mount --bind /mnt/live/sys/block /sys/block
	'

# same_output DIR FILTER OPTIONS: what procps and we print, after the FILTER, must be the same bytes.
same_output() {
	local dir=$1 filter=$2 name="${3// /}"
	# shellcheck disable=SC2086  # a list of options
	peer "$dir" "$PEER" $3 | bash -c "$filter" >"$dir/want.$name" 2>&1
	# shellcheck disable=SC2086
	NATIVE_ROOT=$dir "$TOOL" $3 2>&1 | bash -c "$filter" >"$dir/got.$name" 2>&1
	[ -s "$dir/want.$name" ] || { echo "$PEER $3: no output"; return 1; }
	diff "$dir/want.$name" "$dir/got.$name" >"$dir/diff" && return
	echo "$TOOL $3, tree $dir: < procps, > we"
	cat "$dir/diff"
	return 1
}

# same_outputs FILTER SEEDS CPUS DISKS OPTIONS...: the same for trees of all these seeds, a few at a time: procps waits
# a second in each.
same_outputs() {
	local filter=$1 seeds=$2 cpus=$3 disks=$4 seed options pid pids failed=0
	shift 4
	for seed in $seeds; do
		pids=()
		for options; do
			local dir=$BATS_TEST_TMPDIR/$seed.${#pids[@]}
			mkdir "$dir"
			(cd "$dir" && "$TOP/tests/tools/proctree" "$seed" "$cpus" "$disks")
			same_output "$dir" "$filter" "$options" 3>&- &
			pids+=($!)
		done
		for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
	done
	[ "$failed" = 0 ]
}
