# Containers that fight back: root in them, with CAP_SYS_ADMIN and no seccomp where that helps the attack.

setup() {
	load ../lib
	native_setup
	IMAGE=native-test/bb
	POWER=(--cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined)
}
teardown() { native_teardown; }

# tools_in PID: every mount of the tools in the mount table of a process, without a fork.
tools_in() {
	local line
	tools=''
	while read -r line; do
		[[ $line != *' - tmpfs native '* || $line == *' /run/native/'* ]] || { read -r _ _ _ _ line _ <<<"$line"; tools+="$line "; }
	done <"/proc/$1/mountinfo"
}

@test "2000 injections while the container swaps /native with a link to /etc: none lands outside, none hangs" {
	start web
	in_container web /bin/sh -c 'mkdir /native && ln -s /etc /swap'
	docker exec web /bin/racer /native /swap >"$BATS_TEST_TMPDIR/racer" 2>&1 3>&- &
	racer=$!
	pid=$(pid_of web)
	swapping() { [ -L "/proc/$pid/root/native" ]; }
	wait_for swapping
	attached=0 refused=0
	for i in $(seq 2000); do
		rc=0
		timeout -k 5 30 "$INJECT" web >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
		tools_in "$pid"
		case $rc in
		0)
			[ "$tools" = '/native ' ] || complain "round $i: success, and the tools are at: $tools"
			attached=$((attached + 1))
			timeout -k 5 30 "$INJECT" --remove web >/dev/null
			tools_in "$pid"
			;;
		1)
			read -r line <"$BATS_TEST_TMPDIR/err"
			[[ $line == 'inject: web: /native is a symbolic link'* || $line == 'inject: web: the container moves /native about'* ]] ||
				complain "round $i: an odd sentence: $line"
			refused=$((refused + 1))
			;;
		*) complain "round $i: status $rc" ;;
		esac
		[ -z "$tools" ] || complain "round $i: status $rc left the tools at: $tools"
	done
	echo "# $attached attached, $refused refused" >&3
	[ "$attached" -gt 0 ]
	for p in /proc/[0-9]*; do [ "$(cat "$p/comm" 2>/dev/null)" != racer ] || kill "${p#/proc/}"; done
	wait "$racer"
	swaps=$(cut -d' ' -f1 "$BATS_TEST_TMPDIR/racer")
	[ "$swaps" -gt 10000 ]
	equal 'hostname hosts resolv.conf ' "$(cd "/proc/$pid/root/etc" && find . -mindepth 1 ! -name mtab -printf '%f\n' | sort | tr '\n' ' ')"
}

@test "the same race, two inject at once" {
	start web
	in_container web /bin/sh -c 'mkdir /native && ln -s /etc /swap'
	docker exec -d web /bin/racer /native /swap
	pid=$(pid_of web)
	for i in $(seq 100); do
		timeout -k 5 30 "$INJECT" web >"$BATS_TEST_TMPDIR/1" 2>&1 3>&- &
		one=$!
		rc1=0 rc2=0
		timeout -k 5 30 "$INJECT" web >"$BATS_TEST_TMPDIR/2" 2>&1 || rc2=$?
		wait "$one" || rc1=$?
		tools_in "$pid"
		[ "$rc1" -le 1 ] && [ "$rc2" -le 1 ]
		if [ "$rc1" = 0 ] || [ "$rc2" = 0 ]; then
			[ "$tools" = '/native ' ] || complain "round $i: the tools are at: $tools"
			timeout -k 5 30 "$INJECT" --remove web >/dev/null
		else
			[ -z "$tools" ] || complain "round $i: refused, and the tools are at: $tools"
		fi
	done
}

# --- writing the tools --------------------------------------------------------------------------------

@test "attack.c can win: against a plain read-only bind mount it changes the file in many ways" {
	start web "${POWER[@]}"
	in_container web /bin/sh -c 'mkdir /plain /plain/bin && cp /bin/busybox /plain/bin/busybox &&
		mount -o bind /plain /plain && mount -o remount,bind,ro,nosuid,nodev /plain'
	run -1 in_container web /bin/attack /plain bin/busybox
	for way in 'remount' 'bind remount' 'mount_setattr' 'fspick and reconfigure' 'bind copy, bind remount' \
		'open_tree clone, mount_setattr' 'clone attached, mount_setattr' 'moved, bind remount'; do
		grep -qx "$way: WROTE" <<<"$output"
	done
}

@test "root with CAP_SYS_ADMIN tries everything: the tools stay byte-identical, here, on the host and elsewhere" {
	start web "${POWER[@]}"
	start other
	inject_ok web other
	before=$(tree_sum "/run/native/$DIGEST")
	equal "$(tree_sum "$OUT/native")" "$before"
	run in_container web /bin/attack /native bin/busybox
	[ "$status" = 0 ] || { grep WROTE <<<"$output"; return 1; }
	[ "$(grep -c . <<<"$output")" -ge 100 ]
	never grep -q WROTE <<<"$output"
	equal "$before" "$(tree_sum "/run/native/$DIGEST")"
	equal "$before" "$(tree_sum "/proc/$(pid_of other)/root/native")"
	[ ! -e "/proc/$(pid_of web)/root/tmp/planted" ]
	# A container injected after the attack gets the same tools, read-only.
	start later
	inject_ok later
	works_in later
	works_in other
	run in_container other /bin/attack /native bin/busybox
	[ "$status" = 0 ]
}

@test "root with default capabilities tries everything as well" {
	start web
	inject_ok web
	run in_container web /bin/attack /native bin/busybox
	[ "$status" = 0 ]
	never grep -q WROTE <<<"$output"
	works_in web
}

@test "root on the host, through /run/native and through the container's /proc/PID/root: read-only too" {
	start web
	inject_ok web
	run "$PROGS/attack" "/run/native/$DIGEST" bin/busybox
	[ "$status" = 0 ] || { grep WROTE <<<"$output"; return 1; }
	pid=$(pid_of web)
	run -1 touch "/proc/$pid/root/native/x"
	run ! nsenter -t "$pid" -m /bin/busybox mount -o remount,bind,rw /native
	works_in web
}

@test "no capability, setuid bit or device node comes with the tools" {
	start web --user 1000 --cap-drop ALL
	inject_ok web
	run -0 in_container web /native/bin/find /native -perm /7000 -o -type b -o -type c
	[ -z "$output" ]
	grep -q ' /native ro,nosuid,nodev' "/proc/$(pid_of web)/mountinfo"
}

@test "what the container may execute is executable: not noexec; and nothing else of the host is there" {
	start web
	inject_ok web
	never grep -q ' /native [^ ]*noexec' "/proc/$(pid_of web)/mountinfo"
	equal "$(ls "$OUT/native")" "$(ls "/proc/$(pid_of web)/root/native")"
}

# --- hanging -------------------------------------------------------------------------------------------

# hang NAME DIR [deaf]: mounts a file system at DIR in the container that never answers.
hang() {
	[ -c /dev/fuse ] || skip "this machine has no /dev/fuse"
	start "$1" "${POWER[@]}" --device /dev/fuse
	in_container "$1" /bin/mkdir -p "$2"
	docker exec "$1" /bin/hangfs "$2" ${3:+"$3"} >"$BATS_TEST_TMPDIR/hang.$1" 2>&1 3>&- &
	wait_for grep -q . "$BATS_TEST_TMPDIR/hang.$1"
	grep -q ready "$BATS_TEST_TMPDIR/hang.$1" || skip "FUSE cannot be mounted here: $(cat "$BATS_TEST_TMPDIR/hang.$1")"
}
# Killing the server aborts its file system: whoever slept in it wakes up.
unhang() {
	local p
	for p in /proc/[0-9]*; do [ "$(cat "$p/comm" 2>/dev/null)" != hangfs ] || kill -KILL "${p#/proc/}"; done
	wait_for no_injector >/dev/null
}

@test "a file system that never answers lies over /native: refused, not waited for" {
	hang web /native
	inject_fails web
	says 'inject: web: /native'
	unhang
	equal '' "$(mounts_of web)"
}

@test "a file system that never answers holds the mount point: refused after a moment" {
	hang web /slow
	inject_fails --at /slow/native web
	says 'inject: web: ' 'no answer' /slow/native
	unhang
	equal '' "$(mounts_of web)"
}

@test "the same, where SIGKILL is still heard" {
	hang web /slow deaf
	inject_fails --at /slow/native web
	says 'inject: web: ' 'no answer' /slow/native
	# The helper could be killed, so nothing waits for the file system's end.
	wait_for no_injector
	unhang
}

@test "one container hangs: the others of the same call get their tools" {
	start web1
	hang web2 /slow
	start web3
	in_container web1 /bin/mkdir /slow
	in_container web3 /bin/mkdir /slow
	inject_fails --at /slow/native web1 web2 web3
	says 'inject: web2: ' 'no answer'
	equal "$(printf '%s: attached at /slow/native (%s)\n' web1 "$VERSION" web3 "$VERSION")" "$out"
	unhang
	works_in web1 /slow/native
	works_in web3 /slow/native
}

@test "--remove from a container that hangs everywhere else" {
	hang web /slow
	inject_ok web
	inject_ok --remove web
	equal 'web: removed from /native' "$out"
	unhang
}

# --- lies ------------------------------------------------------------------------------------------------

@test "the container renames the mount point's directory while it is in use: the tools stay or go, whole" {
	start web "${POWER[@]}"
	inject_ok web
	run ! in_container web /bin/busybox mv /native /other
	works_in web
}

@test "a container with its own /proc/PID tricks: a process named like a row of /proc/PID/stat" {
	start web -- /one ') S 1 1 1'
	inject_ok web
	works_in web
}

@test "container root sees nothing of inject: no process, no descriptor, no mount but one" {
	start web
	pid=$(pid_of web)
	before=$(wc -l <"/proc/$pid/mountinfo")
	fds=$(ls "/proc/$pid/fd" | wc -l)
	inject_ok web
	equal $((before + 1)) "$(wc -l <"/proc/$pid/mountinfo")"
	equal "$fds" "$(ls "/proc/$pid/fd" | wc -l)"
	never grep -q "$SUITE\|/run/native" <<<"$(grep ' - tmpfs native ' "/proc/$pid/mountinfo")"
}
