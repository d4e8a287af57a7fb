# bats file_tags=check
# What holds for each tool of ours, wherever it runs: a new program in $OUT/toolbox is covered by being there.

load ../busybox/helpers

setup() {
	cd "$TOP" || return
	unset NATIVE_ROOT POSIXLY_CORRECT
	export LC_ALL=C
	shopt -s nullglob
	TOOLS=("$OUT"/toolbox/*)
	[ "${#TOOLS[@]}" -gt 0 ] || fail "nothing is in $OUT/toolbox: run make first"
}

# each FUNCTION: calls it with the path and the name of each tool; says which one failed.
each() {
	local t
	for t in "${TOOLS[@]}"; do
		"$1" "$t" "${t##*/}" || fail "that was $1 of ${t##*/}" || return 1
	done
}

# quick NAME: arguments with which the tool prints a report and ends, without asking name servers.
quick() {
	case $1 in
	free | iostat | ulimit | vmstat) ;;
	netstat) echo -an ;;
	*) echo --version ;;
	esac
}

# A tool that stands in for another keeps that one's manners in what scripts look at: they ask strace for its version in
# strace's words, know its status 1 for wrong usage, and it does not notice that nobody can read its help or version (that
# a trace is lost it says: tests/strace/behave.bats). Everything else is asked of it, too.
like_strace() { [ "$1" = strace ]; }

# try COMMAND...: its streams go to $T/out and $T/err, its status to $rc. Nothing may hang or crash.
try() {
	T=$BATS_TEST_TMPDIR
	rc=0
	timeout -k 5 30 "$@" >"$T/out" 2>"$T/err" </dev/null || rc=$?
	[ "$rc" -lt 124 ] || fail "$* ended with status $rc" "$(cat -v "$T/err")"
}

# sentence NAME: what stands on stderr is one line, begins with the name of the tool and is safe to look at.
sentence() {
	rows 1 "$T/err" && is_safe "$T/err" && [[ $(cat "$T/err") == "$1: "* ]] ||
		fail "stderr should be one sentence of $1:" "$(cat -v "$T/err")"
}

# What repeats until somebody ends it, and is not run here.
endless() { case $1 in netstat) echo -c --continuous ;; esac; }

# some_options_of NAME: all but those.
some_options_of() {
	local o
	for o in $(options_of "$1"); do [[ " $(endless "$1") " == *" $o "* ]] || echo "$o"; done
}

# options_of NAME: the options in the help of a tool, from the lines that begin with one.
options_of() {
	"$OUT/toolbox/$1" --help | sed -nE 's/^ {1,6}(-.*)/\1/p' |
		sed -E 's/  .*//' | grep -oE -- '(^|[ ,/])[-+]{1,2}[A-Za-z0-9][A-Za-z0-9-]*' | sed 's/^[ ,/]//' | LC_ALL=C sort -u
}

# --- help, options -------------------------------------------------------------------------------

help_fits_a_screen() {
	try "$1" --help
	is 0 "$rc"
	[ ! -s "$T/err" ] || fail "stderr: $(cat "$T/err")" || return 1
	is_safe "$T/out"
	[ "$(wc -l <"$T/out")" -le 40 ] || fail "$(wc -l <"$T/out") lines" || return 1
	[ "$(wc -L <"$T/out")" -le 80 ] || fail "$(wc -L <"$T/out") columns" || return 1
	[[ $(head -n 1 "$T/out") == "usage: $2"* ]] || fail "$(head -n 1 "$T/out")" || return 1
}
@test "each tool: --help is on stdout and fits one screen" { each help_fits_a_screen; }

says_its_version() {
	local o
	for o in -V --version; do
		try "$1" "$o"
		is 0 "$rc"
		! like_strace "$2" || { [[ $(head -n 1 "$T/out") == 'strace -- version '?*' of /native '* && ! -s $T/err ]] && continue; }
		is "$2 (native $(sed -n 's/^VERSION *:= *//p' Makefile))" "$(cat "$T/out")" || return 1
		[ ! -s "$T/err" ] || return 1
	done
}
@test "each tool: -V and --version say the same, the version of the tree" { each says_its_version; }

# The table that getopt_long is given, as the compiler sees it.
long_options() {
	find toolbox bpf \( -path "toolbox/$1.c" -o -path "toolbox/$1/*.c" -o -path "bpf/$1.c" \) -exec cat {} + |
		grep -oE '\{ *"[a-z0-9][a-z0-9-]*", *((no|required|optional)_argument|[012], NULL)' | sed -E 's/[^"]*"([^"]*)".*/--\1/' | LC_ALL=C sort -u
}
# The help need not have every synonym that the original has too: the man page does, see below.
help_names_only_what_getopt_knows() {
	local known named
	known=$(long_options "$2")
	named=$("$1" --help | grep -oE -- '(^|[ ,(])--[a-z0-9][a-z0-9-]*' | sed 's/^[ ,(]//' | LC_ALL=C sort -u)
	[ "$(grep -cx -e --help -e --version <<<"$known")" = 2 ] || fail "no table of long options found: $known" || return 1
	is '' "$(comm -13 <(echo "$known") <(echo "$named"))"
}
@test "each tool: --help names no long option that it does not have" { each help_names_only_what_getopt_knows; }

rejects_what_it_does_not_know() {
	local o
	for o in --no-such-option -% $'--a\e]0;own\a' $'-\xff'; do
		try "$1" "$o"
		like_strace "$2" || is 2 "$rc" || return 1
		! like_strace "$2" || is 1 "$rc" || return 1
		[ ! -s "$T/out" ] || fail "stdout: $(cat "$T/out")" || return 1
		is_safe "$T/err" || return 1
		[ "$(wc -l <"$T/err")" -le 2 ] || fail "$(cat -v "$T/err")" || return 1
		! like_strace "$2" || { [[ $(head -n 1 "$T/err") == 'strace: '* ]] && is "Try 'strace -h' for more information." "$(sed 1d "$T/err")" && continue; }
		grep -qF "see \"$2 --help\"" "$T/err" || fail "$(cat -v "$T/err")" || return 1
	done
}
@test "each tool: an unknown option is wrong usage, status 2, and points to --help" { each rejects_what_it_does_not_know; }

# --- output --------------------------------------------------------------------------------------

fails_when_stdout_is_lost() {
	local args rc
	T=$BATS_TEST_TMPDIR
	for args in "$(quick "$2")" --help --version; do
		rc=0
		# shellcheck disable=SC2086  # none or one
		timeout 30 "$1" $args >/dev/full 2>"$T/err" </dev/null || rc=$?
		is 1 "$rc" || return 1
		sentence "$2" || return 1
		rc=0
		# shellcheck disable=SC2086
		timeout 30 "$1" $args >&- 2>"$T/err" </dev/null || rc=$?
		is 1 "$rc" || return 1
		sentence "$2" || return 1
	done
}
@test "each tool: a full or a closed stdout is said, status 1" { each fails_when_stdout_is_lost; }

works_without_an_environment() {
	# shellcheck disable=SC2046
	try env -i "$1" $(quick "$2")
	is 0 "$rc" || return 1
	is_safe "$T/out" tabs || return 1
	[ ! -s "$T/err" ] || fail "stderr: $(cat -v "$T/err")"
}
@test "each tool: with an empty environment" { each works_without_an_environment; }

ignores_a_strange_environment() {
	# shellcheck disable=SC2046
	try env -i LC_ALL=xx_YY.UTF-99 LANG=$'\e]0;own\a' TERM=$'\e[31m' COLUMNS=-1 LINES=0 TZ=:/dev/full PATH='' HOME= \
		"$1" $(quick "$2")
	is 0 "$rc" || return 1
	is_safe "$T/out" tabs
}
@test "each tool: with a strange environment" { each ignores_a_strange_environment; }

closed_streams() {
	local rc=0
	# shellcheck disable=SC2046
	timeout 30 "$1" $(quick "$2") <&- 2>&- >"$BATS_TEST_TMPDIR/out" || rc=$?
	is 0 "$rc" || return 1
	is_safe "$BATS_TEST_TMPDIR/out" tabs
	# nobody can be told why, but it has failed and not crashed
	rc=0
	timeout 30 "$1" --no-such-option <&- 2>&- >&- || rc=$?
	[ "$rc" = 1 ] || [ "$rc" = 2 ] || fail "status $rc"
}
@test "each tool: stdin and stderr closed" { each closed_streams; }

# --- what it is made of -----------------------------------------------------------------------------

is_static() {
	[[ $(readelf -lW "$1") == *LOAD* && $(readelf -lW "$1") != *INTERP* && $(readelf -lW "$1") != *DYNAMIC* ]] &&
		readelf -lW "$1" | grep -Eq 'GNU_STACK .* RW +0x' || fail "$(readelf -lW "$1")" || return 1
	cmp "$1" "$OUT/native/bin/$2"
}
@test "each tool: static, no interpreter, and in the tree in place of BusyBox's" { each is_static; }

has_a_man_page() {
	local page=toolbox/$2.1 o
	[ -f "$page" ] || page=bpf/$2.1
	[ -f "$page" ] || fail "$page is missing" || return 1
	MANWIDTH=1000 man -l --warnings --nh --nj -E ascii "$page" >"$BATS_TEST_TMPDIR/page" 2>"$BATS_TEST_TMPDIR/warnings" ||
		fail "man: $(cat "$BATS_TEST_TMPDIR/warnings")" || return 1
	[ ! -s "$BATS_TEST_TMPDIR/warnings" ] || fail "$(cat "$BATS_TEST_TMPDIR/warnings")" || return 1
	[ "$(options_of "$2" | wc -l)" -ge 4 ] || fail "no options found in --help" || return 1
	for o in $(options_of "$2") $(long_options "$2"); do
		grep -qE -- "(^|[^A-Za-z0-9-])${o/+/\\+}([^A-Za-z0-9-]|\$)" "$BATS_TEST_TMPDIR/page" ||
			fail "$page does not name $o" || return 1
	done
	grep -qi "native/bin\|/native" "$BATS_TEST_TMPDIR/page" || fail "$page does not say where it belongs"
}
@test "each tool: a man page that renders without a warning and names every option" {
	command -v man >/dev/null || skip "man is not installed"
	each has_a_man_page
}

# --- empty roots -------------------------------------------------------------------------------------

# bare COMMAND...: as uid 65532 in a read-only root with nothing but /native in it: no /proc, /sys, /dev, /etc, /tmp.
bare() {
	cat >"$BATS_TEST_TMPDIR/bare" <<-'BARE'
		set -eu
		mount -t tmpfs tmpfs "$ROOT"
		mkdir "$ROOT/native"
		cp -R "$OUT/native/." "$ROOT/native"
		mount -o remount,ro "$ROOT"
		exec 3>&-
		. "$SCRIPT"
	BARE
	mkdir -p "$BATS_TEST_TMPDIR/root"
	ROOT=$BATS_TEST_TMPDIR/root SCRIPT=$1 unshare --mount --propagation private sh "$BATS_TEST_TMPDIR/bare"
}

@test "each tool: every option of its in an empty read-only root, as uid 65532" {
	need_root
	local t o
	: >"$BATS_TEST_TMPDIR/list"
	for t in "${TOOLS[@]}"; do
		echo "${t##*/}" >>"$BATS_TEST_TMPDIR/list"
		for o in $(some_options_of "${t##*/}"); do
			echo "${t##*/} $o" >>"$BATS_TEST_TMPDIR/list"
			# a number is an interval, an id or a limit, and then a count or a command that is not there
			[ "${t##*/}" = netstat ] || echo "${t##*/} $o 1 2" >>"$BATS_TEST_TMPDIR/list"
		done
	done
	cat >"$BATS_TEST_TMPDIR/script" <<-'SCRIPT'
		while read -r line; do
			rc=0
			# shellcheck disable=SC2086
			set -- $line
			timeout -k 1 20 env -i /usr/sbin/chroot --userspec=65532:65532 --groups= "$ROOT" "/native/bin/$@" \
				>"$T/out" 2>"$T/err" </dev/null || rc=$?
			printf '%s\t%s\t%s\t%s\n' "$rc" "$(wc -c <"$T/out")" "$(wc -l <"$T/err")" "$line"
			cat "$T/out" "$T/err" >>"$T/all"
			case $rc in
			0 | 1 | 2 | 127) [ "$(wc -l <"$T/err")" -le 2 ] || { echo "FAILED: $line"; cat -v "$T/err"; } ;;
			*) echo "FAILED: $line: status $rc"; cat -v "$T/out" "$T/err" ;;
			esac
			[ "$rc" = 0 ] || [ -s "$T/err" ] || echo "FAILED: $line: status $rc, and not a word"
		done <"$T/list"
	SCRIPT
	T=$BATS_TEST_TMPDIR bare "$BATS_TEST_TMPDIR/script" >"$BATS_TEST_TMPDIR/report"
	never grep -q FAILED "$BATS_TEST_TMPDIR/report" || fail "$(grep -A20 FAILED "$BATS_TEST_TMPDIR/report")" || return 1
	[ "$(grep -c . "$BATS_TEST_TMPDIR/report")" -ge "${#TOOLS[@]}" ]
	is_safe "$BATS_TEST_TMPDIR/all" tabs
}

@test "each tool: plain, in an empty root: a report, or a sentence and status 1" {
	need_root
	local t line
	printf '%s\n' "${TOOLS[@]##*/}" >"$BATS_TEST_TMPDIR/list"
	cat >"$BATS_TEST_TMPDIR/script" <<-'SCRIPT'
		while read -r t; do
			rc=0
			# who asks for a process must name one
			case $t in pstack | pargs | pfiles | pmap) set -- 1 ;; *) set -- ;; esac
			timeout -k 1 20 env -i /usr/sbin/chroot --userspec=65532:65532 --groups= "$ROOT" "/native/bin/$t" "$@" \
				>"$T/$t.out" 2>"$T/$t.err" </dev/null || rc=$?
			echo "$rc" >"$T/$t.status"
		done <"$T/list"
	SCRIPT
	T=$BATS_TEST_TMPDIR
	export T
	bare "$BATS_TEST_TMPDIR/script"
	for t in "${TOOLS[@]##*/}"; do
		case $(cat "$T/$t.status") in
		0) [ -s "$T/$t.out" ] || fail "$t: status 0, and nothing printed" || return 1 ;;
		2)
			# a program is all that it is about: without one it is wrongly used
			is dtrace "$t" || return 1
			cp "$T/$t.err" "$T/err"
			sentence "$t" || return 1
			;;
		1)
			cp "$T/$t.err" "$T/err"
			# it has nothing to do without a program: wrong usage, with the line that goes with it
			! like_strace "$t" || sed -i "2{/^Try 'strace -h' for more information\.\$/d}" "$T/err"
			sentence "$t" || return 1
			;;
		*) fail "$t: status $(cat "$T/$t.status")" "$(cat -v "$T/$t.err")" || return 1 ;;
		esac
	done
}

# --- hostile names -----------------------------------------------------------------------------------

@test "each tool: no option shows a hostile name as it is, or lets it begin a row" {
	need_root
	"$OUT/sysroot/bin/musl-gcc" -std=c11 -Os -static -o "$BATS_TEST_TMPDIR/hostile" tests/busybox/hostile.c
	cat >"$BATS_TEST_TMPDIR/inside" <<-'INSIDE'
		bats_require_minimum_version() { :; }
		. "$HELPERS"
		set -eu
		ip link set lo up
		mount -t proc proc /proc
		cd "$T"
		for name in "${NAMES[@]}"; do
			# a nickname of its own in comm, in argv[0] and of its sockets; ulimit: it is near its limit
			(ulimit -n 8; exec -a "$name" "$T/hostile" -c "$name" -t -u "$T/${name//\//}" -a "$name" >"$T/ready" 2>&1) &
			for _ in $(seq 500); do ! grep -q ready "$T/ready" 2>/dev/null || break; sleep 0.02; done
			rm "$T/ready"
		done
		: >"$T/all"
		while read -r line; do
			rc=0
			# shellcheck disable=SC2086
			timeout -s INT -k 5 20 $line >"$T/out" 2>"$T/err" </dev/null || rc=$?
			echo "$rc $line"
			cat "$T/out" "$T/err" >>"$T/all"
			perl -ne 'print "FORGED: $_" if /^ *(1 +root *$|b\b|txt|own)/' "$T/out"
		done <"$T/list"
		kill $(jobs -p)
	INSIDE
	local t o
	for t in "${TOOLS[@]}"; do
		echo "$t"
		for o in $(some_options_of "${t##*/}"); do echo "$t $o"; done
	done >"$BATS_TEST_TMPDIR/list"
	{
		echo "$OUT/toolbox/pstack $(seq -s ' ' 1 40)"
		echo "$OUT/toolbox/pargs -aex $(seq -s ' ' 1 40)"
		echo "$OUT/toolbox/pargs -l $(seq -s ' ' 1 40)"
		echo "$OUT/toolbox/pfiles $(seq -s ' ' 1 40)"
		for o in '' -x -d -p -X -XX; do echo "$OUT/toolbox/pmap $o $(seq -s ' ' 1 40)"; done
		echo "$OUT/toolbox/psmem -c pid,user,name,command"
		echo "$OUT/toolbox/psmem --json -c name,command"
		echo "$OUT/toolbox/netstat -antp"
		echo "$OUT/toolbox/netstat -xanp"
		echo "$OUT/toolbox/netstat -Wap --numeric"
		echo "$OUT/toolbox/netstat -enp --count"
		for o in n u i l s v d m t; do echo "$OUT/toolbox/ulimit --top=0 --who $o"; done
	} | while read -r o; do [ ! -x "${o%% *}" ] || echo "$o"; done >>"$BATS_TEST_TMPDIR/list"
	T=$BATS_TEST_TMPDIR HELPERS=$TOP/tests/busybox/helpers.bash unshare --mount --net --pid --fork --kill-child \
		--propagation private bash "$BATS_TEST_TMPDIR/inside" >"$BATS_TEST_TMPDIR/report" || fail "$(cat "$BATS_TEST_TMPDIR/report")" || return 1
	never grep FORGED "$BATS_TEST_TMPDIR/report" || return 1
	is_safe "$BATS_TEST_TMPDIR/all" tabs
	# and the names are there, made safe
	grep -qF 'a\012b' "$BATS_TEST_TMPDIR/all"
	grep -qF 'e\033]0;own\007' "$BATS_TEST_TMPDIR/all"
	grep -qF $'gr\xc3\xbc\xc3\x9fe' "$BATS_TEST_TMPDIR/all"
}
