# bats file_tags=check
# Options and usage: needs neither root nor a container.

setup() {
	load ../lib
}

@test "--help on standard output, exit 0, 80 columns, every option in it" {
	inject_ok --help
	[[ "$(head -n 1 <<<"$out")" == 'usage: inject '* ]]
	never grep -E '.{81}' <<<"$out"
	for o in '-l, --list' '-r, --remove' '-a, --all' --at --explain --json --allow-unlocked '-h, --help' '-V, --version'; do prints "$o"; done
	inject_ok -h
	prints 'usage: inject '
}

@test "--version: program, version, digest of the tools" {
	inject_ok --version
	[[ "$out" =~ ^inject\ [0-9]+\.[0-9]+\.[0-9]+\ \(tools\ [0-9a-f]{16}\)$ ]]
	inject_ok -V
}

@test "wrong usage: exit 2, first line says what, the last where to read on" {
	wrong() {
		try "$@"
		[ "$rc" = 2 ] || complain "inject $*: expected status 2"
		[ -z "$out" ] || complain "inject $*: nothing should be on stdout"
		says '--help'
	}
	wrong
	wrong --nosuch web
	wrong -x web
	wrong --at
	wrong --list web
	wrong --all web
	wrong --list --remove
	wrong ''
	wrong --at relative web
	wrong --at '' web
	wrong --json
}

@test "a hostile argument does not reach the terminal raw" {
	for arg in $'--\e[31mx' $'a\nb\e]0;own\a'; do
		try "$arg"
		[ "$rc" != 0 ]
		never odd_bytes "$err"
	done
}

@test "options after names, and -- before names" {
	try web --nosuch
	[ "$rc" = 2 ]
	try -- --help
	[ "$rc" = 1 ] || [ "$rc" = 0 ]
	[[ $out != *usage:* ]]
}

@test "not root: one sentence, exit 1" {
	if [ "$(id -u)" = 0 ]; then WRAP=(setpriv --reuid 65532 --regid 65532 --clear-groups); fi
	for args in web '--list' '--remove web' 'pid:1'; do
		# shellcheck disable=SC2086  # several words
		inject_fails $args
		says root
	done
}

@test "a closed or full standard output is a failure, not silence" {
	rc=0
	"$INJECT" --help >/dev/full 2>"$BATS_TEST_TMPDIR/err" || rc=$?
	[ "$rc" = 1 ]
}

@test "closed descriptors 0, 1 and 2 do no harm" {
	rc=0
	"$INJECT" --version <&- >&- 2>&- || rc=$?
	[ "$rc" = 0 ] || [ "$rc" = 1 ]
	rc=0
	"$INJECT" nosuch <&- >&- 2>&- || rc=$?
	[ "$rc" = 1 ]
}

@test "the environment has no say: LD_*, PATH, locale, TMPDIR" {
	run -0 env -i LD_PRELOAD=/nonexistent.so LD_LIBRARY_PATH=/nonexistent PATH=/nonexistent LANG=de_DE.UTF-8 \
		TMPDIR=/nonexistent HOME=/nonexistent "$INJECT" --version
	[[ $output == inject\ * ]]
}

@test "the man page names every option of --help" {
	inject_ok --help
	for o in $(grep -oE '^ *(-., )?--[a-z-]+' <<<"$out" | grep -oE -- '--[a-z-]+' | sort -u); do
		# mdoc writes --all as "Fl -all".
		grep -qE -- "^\.(It|Op).* Fl .*${o#-}( |$)" "$TOP/injector/inject.8" || grep -qE -- "^\.It Fl ${o#-}( |$)" "$TOP/injector/inject.8" ||
			{ echo "inject.8 does not mention $o"; return 1; }
	done
}
