#!/usr/bin/env bats
# The shell, in an image that has nothing: an empty root in which only the tree is attached.
# shellcheck disable=SC2016,SC2030,SC2031  # for the inner shell; each test is a shell of its own

load helpers

setup_file() {
	need_root
	[ -x "$NATIVE/bin/busybox" ] || fail "no $NATIVE: run make"
	build pty
}

# empty_root COMMAND...: runs COMMAND with a root of its own, a tmpfs with nothing but the tree, in pid, mount
# and uts namespaces of its own, with an environment of TERM alone. Asked for by variables:
#   AT=PATH       where the tree is, /native unless told
#   WITH="proc"   mounts /proc; "dev" makes /dev with null, tty, ptmx and pts
#   AS=UID        the user
#   ENTER=TEXT    shell text run in the root before COMMAND, outside of it: R is the root
empty_root() {
	unshare --mount --pid --fork --kill-child --uts --propagation private sh -euc '
		R=$BATS_TEST_TMPDIR/root
		mkdir "$R"
		mount -t tmpfs -o mode=0755 none "$R"
		mkdir -p "$R$AT" "$R/tmp"
		chmod 1777 "$R/tmp"
		mount --bind "$NATIVE" "$R$AT"
		mount -o remount,bind,ro "$R$AT"
		for w in $WITH; do
			case $w in
			proc) mkdir "$R/proc"; mount -t proc none "$R/proc" ;;
			dev) mkdir -p "$R/dev/pts"; mount -t devpts -o newinstance,ptmxmode=0666 none "$R/dev/pts"
				ln -s pts/ptmx "$R/dev/ptmx"; mknod -m 666 "$R/dev/null" c 1 3; mknod -m 666 "$R/dev/tty" c 5 0 ;;
			esac
		done
		eval "$ENTER"
		if [ -e "$BATS_TEST_TMPDIR/typed" ]; then
			exec env -i $VARS "$PROGS/pty" "$(command -v chroot)" --userspec="$AS:$AS" "$R" "$@" <"$BATS_TEST_TMPDIR/typed"
		fi
		exec env -i $VARS "$(command -v chroot)" --userspec="$AS:$AS" "$R" "$@"
	' - "$@"
}
setup() {
	export AT=/native WITH='' AS=0 ENTER=: VARS=TERM=xterm
}

# typing: the lines for the terminal (see pty.c) are standard input; the test then runs on a terminal.
typing() { cat >"$BATS_TEST_TMPDIR/typed"; }

# everywhere FUNCTION: as root and as 65532, with and without /proc.
everywhere() {
	for AS in 0 65532; do
		for WITH in '' proc 'proc dev'; do
			"$1" || fail "as $AS with '$WITH'" || return 1
			rmdir "$BATS_TEST_TMPDIR/root"
		done
	done
}

# --- PATH and the applets ------------------------------------------------------------------------

@test "there are at least 240 applets" {
	n=$("$NATIVE/bin/busybox" --list | wc -l)
	[ "$n" -ge 240 ] || fail "only $n"
	is "" "$("$NATIVE/bin/busybox" --list | while read -r a; do [ -x "$NATIVE/bin/$a" ] || echo "$a"; done)"
}

path_is_ours() {
	is /sbin:/usr/sbin:/bin:/usr/bin:/native/bin "$(empty_root /native/bin/sh -c 'echo $PATH')"
}
@test "PATH unset: the usual one and ours at its end" { everywhere path_is_ours; }

@test "PATH set: ours at its end, once, also in a shell in a shell" {
	VARS='PATH=/a:/b'
	is /a:/b:/native/bin "$(empty_root /native/bin/sh -c 'echo $PATH')"
	rmdir "$BATS_TEST_TMPDIR/root"
	is /a:/b:/native/bin "$(empty_root /native/bin/sh -c 'sh -c "sh -c \"echo \\\$PATH\""')"
	rmdir "$BATS_TEST_TMPDIR/root"
	VARS='PATH=/native/bin:/b'
	is /native/bin:/b "$(empty_root /native/bin/sh -c 'echo $PATH')"
	rmdir "$BATS_TEST_TMPDIR/root"
	VARS='PATH='
	is /native/bin "$(empty_root /native/bin/sh -c 'echo $PATH')"
}

@test "PATH is there for programs, too" {
	is PATH=/sbin:/usr/sbin:/bin:/usr/bin:/native/bin "$(empty_root /native/bin/sh -c 'env | grep ^PATH')"
}

@test "a login shell: the profile of the image sets PATH, ours is still at its end" {
	ENTER='mkdir "$R/etc"; echo PATH=/theirs >"$R/etc/profile"'
	is /theirs:/native/bin "$(empty_root /native/bin/sh -l -c 'echo $PATH')"
}

@test "the programs of the image come before ours" {
	ENTER='mkdir "$R/bin"; printf "#!/native/bin/sh\necho theirs\n" >"$R/bin/ls"; chmod 755 "$R/bin/ls"'
	is theirs "$(empty_root /native/bin/sh -c ls)"
}

all_applets() {
	is "" "$(empty_root /native/bin/sh -c 'for a in $(busybox --list); do command -v "$a" || echo "no $a"; done' | grep '^no ')"
	is "$("$NATIVE/bin/busybox" --list | sed 's/^/x/' | sort)" \
		"$(rmdir "$BATS_TEST_TMPDIR/root"; empty_root /native/bin/sh -c 'busybox --list | sed s/^/x/ | sort')"
}
@test "every applet is found" { everywhere all_applets; }

scripts() {
	is "$(printf 'one /native/bin\ntwo x /native/bin')" "$(empty_root /native/bin/sh -c '
		cd /tmp
		printf "%s\n" "#!/native/bin/sh" "echo one \${PATH##*:}" >one
		printf "%s\n" "echo two \$1 \${PATH##*:}" >two
		chmod 755 one two
		./one
		./two x')"
}
@test "scripts, with '#!' and without" { everywhere scripts; }

@test "a script beside another busybox does not take its directory for ours" {
	ENTER='mkdir "$R/bin"; : >"$R/bin/busybox"; chmod 755 "$R/bin/busybox"
		printf "#!/native/bin/sh\necho \$PATH\n" >"$R/bin/s"; chmod 755 "$R/bin/s"'
	is /sbin:/usr/sbin:/bin:/usr/bin:/native/bin "$(empty_root /bin/s)"
}

@test "the tree may be elsewhere" {
	for AT in /dev/native /opt/a/b; do
		is "/sbin:/usr/sbin:/bin:/usr/bin:$AT/bin hi" "$(empty_root "$AT/bin/sh" -c 'echo $PATH $(awk "BEGIN { system(\"echo hi\") }")')"
		rmdir "$BATS_TEST_TMPDIR/root"
	done
}

@test "started by a relative path" {
	WITH=proc
	is /sbin:/usr/sbin:/bin:/usr/bin:/native/bin "$(empty_root /native/bin/sh -c 'cd /native/bin; unset PATH; ./sh -c "echo \$PATH"')"
	rmdir "$BATS_TEST_TMPDIR/root"
	WITH='' AT=/native
	is /sbin:/usr/sbin:/bin:/usr/bin:/native/bin "$(empty_root /native/bin/sh -c 'cd /native/bin; unset PATH; ./sh -c "echo \$PATH"')"
}

# --- shells started by others --------------------------------------------------------------------

started() {
	is 'hi /native/bin' "$(empty_root /native/bin/awk 'BEGIN { system("echo hi ${PATH##*:}") }')"
	rmdir "$BATS_TEST_TMPDIR/root"
	is 'x' "$(empty_root /native/bin/sh -c 'echo x | awk "{ print | \"cat\" }"')"
	rmdir "$BATS_TEST_TMPDIR/root"
	is 'y' "$(empty_root /native/bin/awk 'BEGIN { "echo y" | getline l; print l }')"
	rmdir "$BATS_TEST_TMPDIR/root"
	is 'z' "$(empty_root /native/bin/sh -c 'cd /tmp; : >l; flock l -c "echo z"')"
	rmdir "$BATS_TEST_TMPDIR/root"
	is 'w' "$(empty_root /native/bin/sh -c 'echo echo w | SHELL=/no/such linux64')"
}
@test "system(), popen(), flock -c and setarch start our sh in an image without any" { everywhere started; }

@test "and our sh also where the image has one" {
	ENTER='mkdir "$R/bin"; printf "#!/native/bin/sh\necho theirs\n" >"$R/bin/sh"; chmod 755 "$R/bin/sh"'
	is ours "$(empty_root /native/bin/awk 'BEGIN { system("echo ours") }')"
}

@test "watch runs its command" {
	typing <<-'X'
		expect hello from watch
		hangup
	X
	empty_root /native/bin/watch -n 1 'echo hello from watch' >"$BATS_TEST_TMPDIR/out" || is 129 $?
	grep -q 'Every 1' "$BATS_TEST_TMPDIR/out"
}

@test "script and unshare start our shell" {
	WITH='proc dev'
	typing <<-'X'
		expect #
		send echo $((40+2)) $PPID\r
		expect 42
		send exit\r
	X
	empty_root /native/bin/script -q /tmp/typescript
	rmdir "$BATS_TEST_TMPDIR/root"
	empty_root /native/bin/unshare --mount
}

# --- services ------------------------------------------------------------------------------------

# with_net COMMAND...: empty_root in a network namespace with a loopback interface
with_net() {
	ENTER="ip link set lo up; $ENTER" unshare --net "$BASH" -c "$(declare -f empty_root); empty_root \"\$@\"" - "$@"
}

# listening: waits until somebody listens on port 3306, and prints where netstat says that is
listening='
	nc -l -p $1 -s 0.0.0.0 &
	until netstat -tln | grep -q :3306; do usleep 50000; done
	netstat -tl | awk "\$6 == \"LISTEN\" { print \$1, \$4 }"'

@test "names of services, with no /etc/services" {
	WITH='dev'
	is hello "$(with_net /native/bin/sh -c '
		nc -l -p pop3 -e echo hello &
		until nc 127.0.0.1 pop3 2>/dev/null; do usleep 50000; done')"
	rmdir "$BATS_TEST_TMPDIR/root"
	WITH='proc dev'
	is 'tcp 0.0.0.0:mysql' "$(with_net /native/bin/sh -c "$listening" - mysql)"
}

@test "the services of the image win" {
	WITH='proc dev' ENTER='mkdir "$R/etc"; echo "mine 3306/tcp" >"$R/etc/services"'
	is 'tcp 0.0.0.0:mine' "$(with_net /native/bin/sh -c "$listening" - 3306)"
}

# --- the prompt ----------------------------------------------------------------------------------

ID=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# prompt: what an interactive shell shows first
prompt() {
	typing <<-'X'
		quiet
		send echo "<"end">"\r
		expect <end>
		send exit\r
	X
	empty_root /native/bin/sh -i >"$BATS_TEST_TMPDIR/out"
	first=$(head -n 1 "$BATS_TEST_TMPDIR/out" | tr -d '\r')
	rmdir "$BATS_TEST_TMPDIR/root"
}

@test "prompt: the host name, when it is the container's short id" {
	for WITH in '' proc; do
		VARS='TERM=xterm HOSTNAME=0123456789ab' ENTER='hostname 0123456789ab'
		prompt
		[[ $first == '[0123456789ab] / # '* ]] || fail "$first"
	done
	AS=65532
	prompt
	[[ $first == '[0123456789ab] / $ '* ]] || fail "$first"
}

@test "prompt: the id as well, where the host name is another" {
	WITH=proc ENTER='hostname web; mkdir -p "$R/etc" "$R/x/containers/'$ID'"; : >"$R/etc/hostname"; : >"$R/x/containers/'$ID'/hostname"
		mount --bind "$R/x/containers/'$ID'/hostname" "$R/etc/hostname"'
	prompt
	[[ $first == '[web 0123456789ab] / # '* ]] || fail "$first"
}

@test "prompt: the host name is a stranger's string" {
	WITH=proc ENTER='printf "h\033]0;own\007\$(id)\`id\`\\\\w o.s-t_" >/proc/sys/kernel/hostname'
	prompt
	[[ $first == '[h0ownididwo.s-t_] / # '* ]] || fail "$first"
}

@test "prompt: a directory is a stranger's string" {
	typing <<-'X'
		quiet
		send cd /tmp/*\r
		expect own
		expect #
		send echo "<"end">"\r
		expect <end>
		send exit\r
	X
	ENTER='hostname web; mkdir "$(printf "$R/tmp/d\033]0;own\007\233")"' VARS='TERM=xterm HOSTNAME=web'
	empty_root /native/bin/sh -i >"$BATS_TEST_TMPDIR/out"
	grep -qF '[web] /tmp/d?]0;own?? # ' "$BATS_TEST_TMPDIR/out"
	is 0 "$(tr -cd '\233\007' <"$BATS_TEST_TMPDIR/out" | wc -c)"
}

@test "prompt: who has one keeps it, who has ENV keeps that" {
	VARS='TERM=xterm PS1=mine>'
	prompt
	[[ $first == 'mine>'* ]] || fail "$first"
	VARS='TERM=xterm ENV=/etc/env' ENTER='mkdir "$R/etc"; echo PS1=theirs\\\> >"$R/etc/env"'
	prompt
	[[ $first == 'theirs>'* ]] || fail "$first"
	VARS='TERM=xterm ENV=' ENTER=:
	prompt
	[[ $first == '/ # '* ]] || fail "$first"
}

interactive() {
	typing <<-'X'
		quiet
		send echo $TERM $TERMINFO_DIRS; set | grep -c native_; set -u; echo "<"end">"\r
		expect <end>
		send exit\r
	X
	empty_root /native/bin/sh >"$BATS_TEST_TMPDIR/out"
	tr -d '\r' <"$BATS_TEST_TMPDIR/out" | grep -A1 '^xterm :/native/share/terminfo$' | tail -n 1 | grep -qx 0
}
@test "an interactive shell has TERM and TERMINFO_DIRS, and nothing of shrc stays" {
	VARS=A=b
	everywhere interactive
}

@test "a shell that is not interactive reads no shrc" {
	is '' "$(empty_root /native/bin/sh -c 'echo $TERMINFO_DIRS')"
}

@test "history and editing: nothing is written into the container" {
	typing <<-'X'
		quiet
		send echo first-command\r
		expect first-command\r\nfirst-command
		expect #
		send \x1b[A
		expect echo first-command
		send \r
		expect \r\nfirst-command
		send ls -a /root; exit\r
	X
	ENTER='mkdir "$R/root"' VARS='TERM=xterm HOME=/root'
	empty_root /native/bin/sh >"$BATS_TEST_TMPDIR/out"
	never grep -q ash_history "$BATS_TEST_TMPDIR/out"
}

@test "tab shows and completes a hostile file name without its control characters" {
	typing <<-'X'
		quiet
		send echo /tmp/f\x09\x09
		expect f?o?wn
		send \x03
		expect #
		send exit 0\r
	X
	ENTER='for n in 1 2; do : >"$(printf "$R/tmp/f\342\200\256o\302\233wn$n")"; done; : >"$(printf "$R/tmp/f\033]0;x")"'
	empty_root /native/bin/sh >"$BATS_TEST_TMPDIR/out"
	is 0 "$(tr -cd '\200\233' <"$BATS_TEST_TMPDIR/out" | wc -c)"
	never grep -q "$(printf '\033]')" "$BATS_TEST_TMPDIR/out"
}

# --- full-screen programs without terminfo ------------------------------------------------------

full_screen() {
	typing <<-'X'
		expect ] / 
		send seq 100 >/tmp/n; less /tmp/n\r
		expect 23
		send G
		expect 100
		send q
		expect ] / 
		send vi /tmp/n\r
		expect 1/100 1%
		send Go
		quiet
		send added line\x1b
		quiet
		send :wq\r
		expect ] / 
		send tail -n 1 /tmp/n; echo "<"end">"\r
		expect added line\r\n<end>
		expect ] / 
		send vi /tmp/n\r
		expect 1/101
		send :!echo from $((6*7))\r
		expect from 42
		send \r
		send :q\r
		expect ] / 
		send exit\r
	X
	VARS='TERM=xterm HOSTNAME=web'
	empty_root /native/bin/sh >"$BATS_TEST_TMPDIR/out"
}
@test "less and vi" { everywhere full_screen; }

@test "top, on a terminal and in batch mode" {
	WITH=proc
	typing <<-'X'
		expect CPU:
		expect COMMAND
		expect top
		send q
	X
	empty_root /native/bin/top >"$BATS_TEST_TMPDIR/out"
	rm "$BATS_TEST_TMPDIR/typed"
	rmdir "$BATS_TEST_TMPDIR/root"
	empty_root /native/bin/top -b -n1 >"$BATS_TEST_TMPDIR/out"
	grep -q '%CPU COMMAND' "$BATS_TEST_TMPDIR/out"
	grep -q ' {top} /native/bin/top -b -n1\| /native/bin/top -b -n1' "$BATS_TEST_TMPDIR/out"
}
