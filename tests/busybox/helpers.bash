# For the bats files of this folder: `load helpers`. They need the tree (`make`), its compiler wrapper and
# root; they work in namespaces of their own and leave nothing behind.
# shellcheck shell=bash disable=SC2016,SC2034,SC2154  # the tests use what is set here; bats sets BATS_*

bats_require_minimum_version 1.5.0
TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
OUT=${OUT_DIR:-${OUT:-$TOP/out}}
case $OUT in /*) ;; *) OUT=$TOP/$OUT ;; esac
NATIVE=$OUT/native
export TOP OUT NATIVE

need_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }

# build PROGRAM...: the small programs beside the tests, static: they run in roots with nothing else in them.
build() {
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	local p
	for p; do
		"$OUT/sysroot/bin/musl-gcc" -std=c11 -Wall -Wextra -Wshadow -Wmissing-prototypes \
			-Wstrict-prototypes -Wvla -Werror -Os -static -s \
			-o "$BATS_FILE_TMPDIR/$p" "$BATS_TEST_DIRNAME/$p.c" || return 1
	done
	export PROGS=$BATS_FILE_TMPDIR
}

fail() {
	printf '%s\n' "$@"
	return 1
}

# never COMMAND...: must fail. (The shell's own "!" does not end a test.)
never() { if "$@"; then fail "should have failed: $*"; fi; }

# is WANT GOT
is() { [ "$1" = "$2" ] || fail "expected: $(printf %s "$1" | od -An -c)" "     got: $(printf %s "$2" | od -An -c)"; }

# is_safe FILE [TABS]: UTF-8 throughout, and no control character but line ends (and tabs, if those are the
# program's own), no bidirectional control. Perl's decoder is not ours.
is_safe() {
	[ -s "$1" ] || fail "$1 is empty: the program printed nothing" || return 1
	perl -0777 -e '
		my $tabs = shift; open my $f, "<:raw", shift or die; $_ = <$f>;
		utf8::decode($_) or die "not UTF-8\n";
		s/\t/ /g if $tabs;
		/([\x00-\x09\x0b-\x1f\x7f-\x9f\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{206f}])/
			and die sprintf "U+%04X at character %d\n", ord $1, $-[0];
	' "${2:-}" "$1" || fail "unsafe:" "$(cat -v "$1")"
}

# rows N FILE
rows() { [ "$(wc -l <"$2")" = "$1" ] || fail "expected $1 rows, got $(wc -l <"$2"):" "$(cat -v "$2")"; }

# Names that were somebody's idea of a joke, and what must be shown of each. Not longer than the 15 bytes
# that the kernel keeps of the name of a process.
NAMES=(
	$'a\nb' $'  1 root\n' $'c) S 1 (d' $'e\e]0;own\a' $'f\e[2J\e[H' $'g\x9b31m' $'h\xc2\x9b31m'
	$'i\xe2\x80\xaetxt' $'j\x7fk' $'l\r m' $'gr\xc3\xbc\xc3\x9fe' $'n\xe2\x82' 'o "$(id)" p'
)
SHOWN=(
	'a?b' '  1 root?' 'c) S 1 (d' 'e?]0;own?' 'f?[2J?[H' 'g?31m' 'h?31m'
	'i?txt' 'j?k' 'l? m' $'gr\xc3\xbc\xc3\x9fe' 'n??' 'o "$(id)" p'
)
