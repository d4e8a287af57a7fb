# bats file_tags=check
# ulimit beside bash's builtin, and what the builtin does not have. bash is Debian's.

bats_require_minimum_version 1.5.0
TOP=${TOP:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
OUT=${OUT:-$TOP/out}
U=$OUT/toolbox/ulimit
export U

setup() {
	unset NATIVE_ROOT POSIXLY_CORRECT
	export LC_ALL=C
	STARTED=()
	[ -x "$U" ] || { echo "$U is not there: run make first"; return 1; }
}

# What a test has started ends with it, also when it fails.
teardown() {
	local p
	for p in "${STARTED[@]}"; do
		pkill -KILL -P "$p" || :
		{ kill -KILL "$p" && wait "$p"; } 2>/dev/null || :
	done
}

equal() {
	[ "$1" = "$2" ] || { printf 'expected: %s\n     got: %s\n' "$1" "$2"; return 1; }
}

# soon COMMAND...: until it succeeds; gives up after 20 s.
soon() {
	local i
	for i in $(seq 400); do
		"$@" && return
		sleep 0.05
	done
	echo "waited in vain for: $*"
	return 1
}

need_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }

# outcomes ulimit|u: for each line of $T/cases, the arguments of one call: what it prints and which limits a shell ends up
# with, in $T/got.NAME; what it says on stderr in $T/said.NAME. "ulimit" is bash's builtin, "u" ours. Through pipes:
# files have a limit here.
outcomes() {
	{ calls "$1" 2>&4 | cat >"$T/got.$1"; } 4>&1 | cat >"$T/said.$1"
}
calls() {
	# shellcheck disable=SC2016
	bash -c '
		u() { "$U" "$@"; }
		while IFS= read -r line; do
			echo "ulimit $line"
			echo "= $line" >&2
			(
				eval "call=($line)"
				if "$1" "${call[@]}"; then echo succeeded; else echo failed; fi
				ulimit -Sa
				ulimit -Ha
			)
		done' bash "$1" <"$T/cases"
}

# same: reads calls; ours and bash's do the same for each, and ours says what bash says, and maybe more. bash's
# messages have its own name and the line in front.
same() {
	local case want got
	T=$BATS_TEST_TMPDIR
	cat >"$T/cases"
	outcomes ulimit
	outcomes u
	diff -U 40 "$T/got.ulimit" "$T/got.u" | head -n 80
	cmp "$T/got.ulimit" "$T/got.u" || return 1
	sed -i 's/^[^ ]*bash: line [0-9]*: //; /^ulimit: usage/d' "$T/said.ulimit"
	equal "$(wc -l <"$T/said.ulimit")" "$(wc -l <"$T/said.u")" || return 1
	while IFS= read -r want && IFS= read -r got <&4; do
		[[ $want != '= '* ]] || case=$want
		[[ $got == "$want"* ]] || { printf 'ulimit %s\nbash says: %s\nwe say:    %s\n' "$case" "$want" "$got"; return 1; }
	done <"$T/said.ulimit" 4<"$T/said.u"
}

@test "ulimit: -a, -Sa and -Ha are bash's to the byte" {
	printf '%s\n' -a -aS -Ha '-a -H -S' -an | same
	equal "$(bash -c 'ulimit -c 1; ulimit -Sn 77; ulimit -s 100; ulimit -a')" \
		"$(bash -c 'ulimit -c 1; ulimit -Sn 77; ulimit -s 100; "$U" -a; :')"
}

@test "ulimit: each limit by itself, soft and hard, is bash's" {
	local o
	for o in R c d e f i l m n p q r s t u v x; do printf '%s\n' "-$o" "-S$o" "-H -$o" "-$o -$o"; done | same
	printf '%s\n' '' -S -H -HS | same
}

@test "ulimit: setting soft, hard and both is bash's" {
	local o v mode
	for mode in '' -S -H; do
		for o in R c e f i l m n q r t u x; do
			for v in 0 1 7 010 5000 soft hard unlimited; do echo "$mode -$o $v"; done
		done
		# a shell without memory does not get far
		for o in d s v; do
			for v in 1000000 soft hard unlimited; do echo "$mode -$o $v"; done
		done
	done | grep -v -- '-t 0$' | same # then its time is over at once
}

@test "ulimit: several options in one call are bash's" {
	same <<-'CALLS'
		-n 64 -c 0
		-n 64 -c -n
		-c -n 64 -n
		-n -c -s
		-n64 -c0
		-nc
		-c 1 -c 0 -c
		-S -n 64 -H -c 70
		-n 64 -H
		-n -- 5
		-- 5
		5
		-c 5 -a
		-c -n 99999999 -s
		-c 1 -n abc -s 100
	CALLS
}

@test "ulimit: what bash rejects is rejected, in its words" {
	same <<-'CALLS'
		-f abc
		-f 12x
		-f 1.5
		-f +5
		-f ' 5'
		-f 99999999999999999999999
		-f 36028797018963968
		-n -5
		-Z
		-p 4
		-p 8
	CALLS
}

@test "ulimit: in a posix bash, with its blocks" {
	export POSIXLY_CORRECT=1
	printf '%s\n' '-c 1' '-f 7' -fc '-c -f' -a | same
	equal "$(bash -c 'ulimit -c 3; ulimit -a')" "$(bash -c 'ulimit -c 3; "$U" -a; :')"
}

@test "ulimit: a command gets the limits, the caller keeps its own" {
	run bash -c 'ulimit -n 80; "$U" -n 64 -c 0 bash -c "ulimit -n; ulimit -c; exit 9"; echo $?; ulimit -n'
	equal $'64\n0\n9\n80' "$output"
	run bash -c '"$U" -n -c 0 bash -c "echo \$*" x a "b c"; :'
	equal "open files                          (-n) $(ulimit -n)"$'\na b c' "$output"
	run "$U" -S 100 bash -c 'ulimit -S; ulimit -H'
	equal "100"$'\n'"$(bash -c 'ulimit -H')" "$output"
	run -127 "$U" -n 64 /no/such/program
	equal 'ulimit: /no/such/program: cannot run it: No such file or directory' "$output"
	run "$U" -n 64 /
	equal 126 "$status"
	run "$U" -n 64 bash -c 'kill -TERM $$'
	equal 143 "$status"
	# a limit that cannot be set: the command does not run
	run "$U" -Sn 99999999 echo ran
	equal 1 "$status"
	[[ $output != *ran* ]]
}

@test "ulimit: --pid shows and sets the limits of another process" {
	sleep 60 3>&- &
	local p=$!
	STARTED+=("$p")
	equal "$(bash -c 'ulimit -a')" "$("$U" -a --pid $p)"
	"$U" -n 64 -c 5 --pid $p
	"$U" --pid $p -S -s 100
	equal 64 "$(awk '/^Max open files/ { print $4 }' /proc/$p/limits)"
	equal 64 "$(awk '/^Max open files/ { print $5 }' /proc/$p/limits)"
	equal '5120 5120' "$(awk '/^Max core file size/ { print $5, $6 }' /proc/$p/limits)"
	equal 102400 "$(awk '/^Max stack size/ { print $4 }' /proc/$p/limits)"
	equal 64 "$("$U" -Hn --pid $p)"
	equal "$(prlimit --pid $p --noheadings --raw --output SOFT --nofile)" "$("$U" -n --pid $p)"
	kill -KILL $p
	wait $p || :
	run "$U" -n --pid $p
	equal 1 "$status"
	equal "ulimit: process $p: No such process (ids count as in this pid namespace)" "$output"
	run "$U" -n 64 --pid $p
	equal 1 "$status"
}

@test "ulimit: another user's process can be looked at, not changed" {
	need_root
	sleep 60 3>&- &
	local p=$!
	STARTED+=("$p")
	cp "$U" "$BATS_TEST_TMPDIR/u"
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	run setpriv --reuid 65532 --regid 65532 --clear-groups "$BATS_TEST_TMPDIR/u" -a --pid $p
	equal 0 "$status"
	equal "$(bash -c 'ulimit -a')" "$output"
	run setpriv --reuid 65532 --regid 65532 --clear-groups "$BATS_TEST_TMPDIR/u" -c 0 --pid $p
	equal 1 "$status"
	equal "ulimit: process $p: core file size: cannot modify limit: Operation not permitted (the process is another user's; that takes CAP_SYS_RESOURCE)" "$output"
}

@test "ulimit: a parent of another user is looked at, too" {
	need_root
	cp "$U" "$BATS_TEST_TMPDIR/u"
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	export COPY=$BATS_TEST_TMPDIR/u
	# setpriv becomes the program: its parent is this bash, of uid 0
	run bash -c 'ulimit -Sn 77; setpriv --reuid 65532 --clear-groups "$COPY" -n; :'
	equal 77 "$output"
	run bash -c 'setpriv --reuid 65532 --clear-groups "$COPY" -n 64; :'
	[[ $output == *'another user'* ]]
}

@test "ulimit: to raise a hard limit takes CAP_SYS_RESOURCE, and that is said" {
	need_root
	run bash -c 'ulimit -n 64; setpriv --bounding-set -sys_resource "$U" -n 70; :'
	equal 'ulimit: open files: cannot modify limit: Operation not permitted (the hard limit is 64, to raise it takes CAP_SYS_RESOURCE)' "$output"
	run bash -c '"$U" -Sn 99999999; :'
	[[ $output == *'cannot modify limit: Invalid argument (the soft limit cannot be above the hard limit, '* ]]
	run bash -c '"$U" -p 16; :'
	equal 'ulimit: pipe size: cannot modify limit: Invalid argument (it is fixed in Linux)' "$output"
}

@test "ulimit: with CAP_SYS_RESOURCE a hard limit is raised" {
	need_root
	(ulimit -c 0; ulimit -Hc 1 2>/dev/null) || skip "root has no CAP_SYS_RESOURCE on this machine"
	run bash -c 'ulimit -n 64; "$U" -n 70; ulimit -Hn'
	equal 70 "$output"
	run bash -c '"$U" -n 2147483648; :'
	[[ $output == *'(the sysctl fs.nr_open allows '*' at most)' ]]
}

@test "ulimit: a caller outside of the pid namespace: its limits are shown, none is set" {
	need_root
	run unshare --pid --fork "$U" -a
	equal 0 "$status"
	equal "$(bash -c 'ulimit -a')" "$output"
	run unshare --pid --fork "$U" -n 64
	equal 1 "$status"
	equal 'ulimit: open files: cannot modify limit: the process that calls is outside of this pid namespace; name a process with --pid, or a command' "$output"
	run unshare --pid --fork "$U" -n 64 bash -c 'ulimit -n'
	equal 64 "$output"
}

@test "ulimit: who ends before it is asked is not mistaken for process 1" {
	need_root
	cd "$BATS_TEST_TMPDIR"
	# shellcheck disable=SC2016
	run timeout -k 5 60 unshare --pid --fork --kill-child --mount-proc bash -c '
		setsid bash -c "bash -c '\''while read -r _ _ _ ppid _ </proc/self/stat && [ \$ppid != 1 ]; do sleep 0.01; done
			exec \"\$U\" -n 64 2>said'\'' & disown"
		for _ in $(seq 200); do [ ! -s said ] || break; sleep 0.05; done
		cat said
		ulimit -n'
	equal "ulimit: open files: cannot modify limit: the process that called has ended; name a process with --pid, or a command
$(ulimit -n)" "$output"
}

@test "ulimit: process 1 of a container may call it" {
	need_root
	# shellcheck disable=SC2016
	run unshare --pid --fork bash -c '"$U" -n 64; ulimit -n'
	equal 64 "$output"
}

@test "ulimit --who n: a process that runs out of descriptors comes first" {
	bash -c 'ulimit -n 64; for i in $(seq 10 62); do eval "exec $i</dev/null"; done; echo ready; exec sleep 60' \
		>"$BATS_TEST_TMPDIR/ready" 3>&- &
	local p=$! n
	STARTED+=("$p")
	soon grep -q ready "$BATS_TEST_TMPDIR/ready"
	# it is sleep now, and has closed what bash had for itself
	soon grep -qx sleep "/proc/$p/comm"
	n=$(find "/proc/$p/fd" -mindepth 1 | wc -l)
	run "$U" --who n -N 0
	[[ "${lines[0]}" == 'open files (-n), nearest to the soft limit first' ]]
	[[ "${lines[1]}" == *PID*USER*NAME*USED*LIMIT*% ]]
	grep -Eq "^ *$p +($(id -u)|$(id -un)) +sleep +$n +64 +$(awk "BEGIN { printf \"%.1f\", 100 * $n / 64 }")$" <<<"$output" ||
		{ echo "$output"; return 1; }
}

@test "ulimit --who u and i: as many threads as there are, as many signals as the kernel says" {
	[ "$(id -u)" = 0 ] || skip "needs root: other users' processes may be hidden"
	local n
	# a user of our own, whom nobody else uses
	bash -c 'exec setpriv --reuid 54321 --clear-groups bash -c "sleep 60 & sleep 60 & wait"' 3>&- &
	local p=$!
	STARTED+=("$p")
	soon eval '[ "$(pgrep -cu 54321 sleep)" = 2 ]'
	run "$U" --who u -N 0
	grep -Eq '^ *[0-9]+ +54321 +[a-z]+ +3 +[0-9]+ ' <<<"$output" || { echo "$output"; return 1; }
}

@test "ulimit --who: processes that cannot be read are counted" {
	need_root
	cp "$U" "$BATS_TEST_TMPDIR/u"
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	# hidepid=1: the directories of others are seen, their files are not
	# shellcheck disable=SC2016
	run unshare --mount --pid --fork --propagation private bash -c '
		mount -t proc -o hidepid=1 proc /proc
		sleep 60 &
		setpriv --reuid 65532 --regid 65532 --clear-groups "$0" --who v
		kill $!' "$BATS_TEST_TMPDIR/u"
	equal 0 "$status"
	[[ $output == *'65532'* ]]
	[[ $output == *'ulimit: --who: 2 processes could not be read: Operation not permitted'* ]]
}

# --- the shell of the tree ----------------------------------------------------------------------

@test "ulimit: plain ulimit in /native/bin/sh is this program" {
	local sh=$OUT/native/bin/sh
	equal "$(bash -c 'ulimit -a')" "$("$sh" -c 'ulimit -a')"
	run "$sh" -c 'ulimit -n 64; ulimit -n; ulimit -Hn'
	equal $'64\n64' "$output"
	run "$sh" -c 'ulimit -Sn 70 -c 0; ulimit -nc; echo $?'
	equal $'ulimit: c: invalid number; see "ulimit --help"\n2' "$output"
	# shellcheck disable=SC2016
	run "$sh" -c 'ulimit -n 80; (ulimit -n 64; ulimit -n); ulimit -n; x=$(ulimit -n 50; ulimit -n); echo $x; ulimit -n'
	equal $'64\n80\n50\n80' "$output"
	run "$sh" -c 'ulimit -c 1; POSIXLY_CORRECT=1 ulimit -c'
	equal 2 "$output"
	run "$sh" -c 'PATH=/nowhere; ulimit --version'
	[[ $output == 'ulimit (native '* ]]
	run "$sh" -c 'ulimit -n 64 sh -c "ulimit -n; exit 5"; echo $?'
	equal $'64\n5' "$output"
	run "$sh" -c 'ulimit -n >&-; echo $?'
	[[ $output == *'ulimit: cannot write the output: '*$'\n'1 ]]
	run "$sh" -c 'set -e; ulimit -Z; echo goes on'
	equal 2 "$status"
}

@test "ulimit: /native/bin/sh falls back to its own builtin" {
	need_root
	# alone, without a tree around it
	mkdir "$BATS_TEST_TMPDIR/alone"
	cp "$OUT/busybox" "$BATS_TEST_TMPDIR/alone/sh"
	run "$BATS_TEST_TMPDIR/alone/sh" -c 'ulimit -n 64; ulimit -n'
	equal 64 "$output"
	run "$BATS_TEST_TMPDIR/alone/sh" -c 'ulimit --version'
	[ "$status" != 0 ]
	# and when there may be no more process, which is what one asks ulimit about
	cp -r "$OUT/native" "$BATS_TEST_TMPDIR/native"
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR"
	run setpriv --reuid 65532 --regid 65532 --clear-groups "$BATS_TEST_TMPDIR/native/bin/sh" -c 'ulimit -u 0; ulimit -u; ls; :'
	equal "0" "${lines[0]}"
	[[ "${lines[1]}" == *"can't fork"* ]]
}

@test "ulimit: an interactive /native/bin/sh keeps its terminal" {
	# shellcheck disable=SC2016
	timeout 60 "$PROGS/pty" -t $'ulimit -n 70\nulimit -n\nulimit -n 64 sleep 0.1\necho over $?\njobs\nexit\n' \
		24 80 "$OUT/native/bin/sh" >"$BATS_TEST_TMPDIR/typed"
	grep -q '^70' "$BATS_TEST_TMPDIR/typed"
	grep -q '^over 0' "$BATS_TEST_TMPDIR/typed"
	run ! grep -Eq 'Stopped|Running' "$BATS_TEST_TMPDIR/typed"
}
