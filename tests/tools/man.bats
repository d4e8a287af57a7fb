# bats file_tags=check
# man and native where nothing else is; and that what they show is complete.

load ../busybox/helpers

setup() {
	cd "$TOP" || return
	unset NATIVE_ROOT POSIXLY_CORRECT
	export LC_ALL=C
	[ -x "$NATIVE/bin/man" ] || fail "nothing is in $NATIVE: run make first"
}

@test "man: each program that is not BusyBox's has a page, which begins with its name" {
	local p name
	for p in "$NATIVE"/bin/*; do
		name=${p##*/}
		[ "$(readlink "$p")" != busybox ] && [ "$name" != busybox ] || continue
		"$NATIVE/bin/man" "$name" >"$BATS_TEST_TMPDIR/page" || fail "man $name fails" || return 1
		grep -q '^NAME$' "$BATS_TEST_TMPDIR/page" || fail "man $name has no section NAME" || return 1
		sed -n '/^NAME$/{n;p;}' "$BATS_TEST_TMPDIR/page" | grep -Eq "(^|[ ,])$name([ ,]|\$)" ||
			fail "man $name shows the page of $(sed -n '/^NAME$/{n;p;}' "$BATS_TEST_TMPDIR/page")" || return 1
	done
}

@test "man: every page is plain text in ASCII, in 78 columns but for what is typed or printed as it is" {
	local p
	for p in "$NATIVE"/share/man/*; do
		never env LC_ALL=C grep -n '[^ -~]' "$p" || fail "$p" || return 1
		[ "$(awk 'length > 78' "$p" | wc -l)" -le 20 ] || fail "$p: $(wc -L <"$p") columns" || return 1
	done
}

@test "man: each applet of BusyBox shows its own help, or at least its line" {
	local p name without=''
	for p in "$NATIVE"/bin/*; do
		name=${p##*/}
		[ "$(readlink "$p")" = busybox ] || continue
		"$NATIVE/bin/man" "$name" >"$BATS_TEST_TMPDIR/page" </dev/null || fail "man $name fails" || return 1
		grep -qF "$name - " "$BATS_TEST_TMPDIR/page" || fail "man $name: no line" || return 1
		grep -q '^Usage: ' "$BATS_TEST_TMPDIR/page" || without="$without $name"
	done
	# what BusyBox itself has no help for, or may not know --help, as POSIX wants it
	is ' [ [[ ascii dnsdomainname echo egrep false fgrep linux32 linux64 lsscsi lsusb pipe_progress test tree true' "$without"
}

@test "man: sections, -k, -f, -w, and what there is not" {
	run -0 "$NATIVE/bin/man" 8 inject
	[[ ${lines[0]} == 'INJECT(8) '*' INJECT(8)' ]]
	run -0 "$NATIVE/bin/man" 7 pcap-filter
	run -0 "$NATIVE/bin/man" -w iostat
	[[ $output == */share/man/iostat.1 ]]
	is 2 "$("$NATIVE/bin/man" iostat free | grep -c '^EXIT STATUS')"
	run -0 "$NATIVE/bin/man" -f free iostat
	is 2 "${#lines[@]}"
	[[ ${lines[0]} == 'free (1) '*' - memory'* ]]
	run -0 "$NATIVE/bin/man" -k SOCKETS
	[[ $output == *'netstat (1)'* ]]
	run -0 "$NATIVE/bin/man" -k 'packet filter'
	[[ $output == 'pcap-filter (7)'* ]]
	run -1 "$NATIVE/bin/man" -k zzqqzz
	is 'man: zzqqzz: nothing appropriate' "$output"
	for p in '3 iostat' 'no-such-page' '../../README' $'\e[2J'; do
		# shellcheck disable=SC2086
		run -1 env PATH=/nowhere "$NATIVE/bin/man" $p
		[[ $output == 'man: there is no page '* ]] || fail "$output" || return 1
		printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/said"
		is_safe "$BATS_TEST_TMPDIR/said"
	done
	run -2 "$NATIVE/bin/man"
	run -2 "$NATIVE/bin/man" -Q iostat
	run -1 bash -c "exec '$NATIVE/bin/man' iostat >/dev/full"
	is 'man: standard output cannot be written: No space left on device' "$output"
}

@test "man: a name that is not ours goes to the image's own man, with all arguments" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\necho "other: $*"\n' >"$BATS_TEST_TMPDIR/bin/man"
	chmod +x "$BATS_TEST_TMPDIR/bin/man"
	run -0 env PATH="$NATIVE/bin:$BATS_TEST_TMPDIR/bin" "$NATIVE/bin/man" 3 printf
	is 'other: 3 printf' "$output"
	# its own page, although the image has a man; and never itself
	run -0 env PATH="$BATS_TEST_TMPDIR/bin:$PATH" "$NATIVE/bin/man" iostat
	[[ ${lines[0]} == IOSTAT* ]]
	run -1 env PATH="$NATIVE/bin" "$NATIVE/bin/man" no-such-page
}

@test "man, native, tcpdump: in an empty read-only root without /proc, as user 65532" {
	need_root
	cat >"$BATS_TEST_TMPDIR/script" <<-'SCRIPT'
		try() {
			rc=0
			inside /native/bin/"$@" >"$T/out" 2>"$T/err" </dev/null || rc=$?
			printf '%s|%s|%s|%s\n' "$*" "$rc" "$(head -n 1 "$T/out")" "$(cat "$T/err")"
		}
		inside() { timeout -k 1 20 env -i /usr/sbin/chroot --userspec=65532:65532 --groups= "$ROOT" "$@"; }
		try man iostat
		try man ls
		try man -k memory
		try native
		try native doctor
		cp "$T/out" "$T/doctor"
		try native doctor --json
		try tcpdump -i lo
		try tcpdump --version
		try tcpdump -d -y EN10MB port mysql
	SCRIPT
	cat >"$BATS_TEST_TMPDIR/bare" <<-'BARE'
		set -eu
		mount -t tmpfs tmpfs "$ROOT"
		mkdir "$ROOT/native"
		cp -R "$NATIVE/." "$ROOT/native"
		mount -o remount,ro "$ROOT"
		exec 3>&-
		. "$T/script"
	BARE
	mkdir "$BATS_TEST_TMPDIR/root"
	T=$BATS_TEST_TMPDIR ROOT=$BATS_TEST_TMPDIR/root unshare --mount --propagation private sh "$BATS_TEST_TMPDIR/bare" \
		>"$BATS_TEST_TMPDIR/report"
	said() { grep -qF -- "$1" "$BATS_TEST_TMPDIR/report" || fail "missing: $1" "$(cat "$BATS_TEST_TMPDIR/report")"; }
	said 'man iostat|0|IOSTAT(1) '
	said 'man ls|0|ls(1)  of BusyBox'
	said 'man -k memory|0|pmap (1) '
	said 'native|0|Processes|'
	said 'native doctor|0|This shell|'
	said 'native doctor --json|0|[|'
	said 'tcpdump -i lo|1||tcpdump: lo: capturing needs the capability NET_RAW'
	said 'tcpdump --version|0|tcpdump version 4.99.3|'
	said 'tcpdump -d -y EN10MB port mysql|0|(000) ldh'
	grep -q '^/proc            missing: processes cannot be seen$' "$BATS_TEST_TMPDIR/doctor"
	grep -q '^capabilities     none$' "$BATS_TEST_TMPDIR/doctor"
	grep -Eq '^no +ps top ' "$BATS_TEST_TMPDIR/doctor"
	is_safe "$BATS_TEST_TMPDIR/doctor"
}
