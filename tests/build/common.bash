# For the tests of the build: run by tests/run or by bats alone, after `make`.
# shellcheck shell=bash disable=SC2034,SC2154

TOP=${TOP:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
OUT=$TOP/out
cd "$TOP" || exit 1

# make as a user would call it: nothing of a make that runs these tests may reach it.
clean_make() {
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES -u OUT -u ARCH -u V \
		make --no-print-directory "$@"
}

need_built() {
	local f
	for f; do
		[ -e "$f" ] || { echo "$f is not there: run make first"; return 1; }
	done
}

# would_do MAKE-ARG...: what make would do, as words: source:NAME build:NAME tree bundle link:FILE
would_do() {
	clean_make -n V=1 "$@" | sed -nE '
		s|^build/unpack ([^ ]+) .*|source:\1|p
		s|.*build/recipe/run ([^ ]+)$|build:\1|p
		s|.*build/tree .*|tree|p
		s|^build/bundle .*|bundle|p
		s|.*musl-gcc .* -o out/(test/rawcount\|inject) .*|link:\1|p' | LC_ALL=C sort -u | tr '\n' ' '
}

equal() {
	[ "$1" = "$2" ] || { printf 'expected: %s\n     got: %s\n' "$1" "$2"; return 1; }
}

# pin NAME FIELD: of the first line of a name in build/pins
pin() { awk -v n="$1" -v f="$2" '$1 == n { print $f; exit }' build/pins; }
