#!/usr/bin/env bats
# bats file_tags=check
# Options that people type without thinking, and that BusyBox did not have: build/patches/busybox/16 and 17.

# shellcheck disable=SC2016  # for the inner shell

load helpers

setup_file() {
	[ -x "$NATIVE/bin/busybox" ] || fail "no $NATIVE: run make"
}

setup() {
	BB=$NATIVE/bin
	cd "$BATS_TEST_TMPDIR" || return
	seq 12 >numbers
}

# same_as_gnu TOOL ARG...: the machine's own tool prints the same bytes and ends alike.
same_as_gnu() {
	local theirs=0 ours=0
	LC_ALL=C "/usr/bin/$1" "${@:2}" >want 2>&1 </dev/null || theirs=$?
	"$BB/$1" "${@:2}" >got 2>&1 </dev/null || ours=$?
	is "$theirs $(cat want)" "$ours $(cat got)"
}

@test "long options of text tools do what GNU's do" {
	printf 'b 2\na 10\na 10\nc 1\n' >words
	same_as_gnu sort --key=2,2 --numeric-sort words
	same_as_gnu sort --reverse --unique words
	same_as_gnu sort --field-separator=' ' --key=2nr words
	same_as_gnu uniq --count words
	same_as_gnu uniq --repeated words
	same_as_gnu uniq --skip-fields=1 words
	same_as_gnu cut --delimiter=' ' --fields=2 words
	same_as_gnu cut --characters=1 words
	same_as_gnu wc --lines words
	same_as_gnu wc --bytes words
	same_as_gnu tail --lines=2 words
	same_as_gnu tail --bytes=3 words
	same_as_gnu stat --format='%s %n' words
	"$BB/sha256sum" words >sums
	same_as_gnu sha256sum --check sums
}

@test "du --max-depth" {
	mkdir -p d/e/f
	is "$(printf 'd/e\nd')" "$("$BB/du" --max-depth=1 d | cut -f2)"
	is d "$("$BB/du" --summarize --human-readable d | cut -f2)"
}

@test "grep --include, --exclude, --exclude-dir, and long options" {
	mkdir -p d/keep d/skip
	echo hit | tee d/keep/a.conf d/keep/b.txt d/skip/c.conf >/dev/null
	found() { "$BB/grep" -rl "$@" hit d | sort | tr '\n' ' '; }
	is 'd/keep/a.conf d/skip/c.conf ' "$(found --include='*.conf')"
	is 'd/keep/a.conf d/keep/b.txt d/skip/c.conf ' "$(found --include='*.conf' --include='*.txt')"
	is 'd/keep/b.txt ' "$(found --exclude='*.conf')"
	is 'd/keep/a.conf d/keep/b.txt ' "$(found --exclude-dir=skip)"
	is 'd/keep/a.conf ' "$(found --exclude-dir 's*' --include '*.conf')"
	same_as_gnu grep --count 1 numbers
	same_as_gnu grep --line-number --max-count=2 1 numbers
	same_as_gnu grep --only-matching --extended-regexp '[12]$' numbers
	same_as_gnu grep --invert-match --line-buffered 1 numbers
	same_as_gnu grep --context=1 --color=auto 5 numbers
	same_as_gnu grep --quiet nothing numbers
}

@test "find -size knows M and G" {
	truncate -s 3M big
	is ./big "$("$BB/find" . -size +2M)"
	is '' "$("$BB/find" . -size +3M)"
	is ./big "$("$BB/find" . -name 'big' -size -1G)"
}

@test "xargs -d" {
	is "$(printf 'X a b\nX c')" "$(printf 'a b,c' | "$BB/xargs" -d , -n 1 echo X)"
	is "$(printf 'X a  b\nX c')" "$(printf 'a  b\nc\n' | "$BB/xargs" --delimiter='\n' --max-args=1 echo X)"
	is 'X a b' "$(printf 'a\0b' | "$BB/xargs" --null echo X)"
	run ! "$BB/xargs" -d ab echo </dev/null
	[[ $output == "xargs: -d takes one character, not 'ab'" ]]
}

@test "timeout --signal, --kill-after, --foreground, --preserve-status" {
	rc=0; "$BB/timeout" --signal=KILL 0.1 sleep 100 || rc=$?
	is 137 "$rc"
	rc=0; "$BB/timeout" --foreground --preserve-status --kill-after=5 100 sh -c 'exit 7' || rc=$?
	is 7 "$rc"
}

@test "pgrep -u, -c, -i, -d" {
	me=$(id -un)
	cp "$(command -v sleep)" ./Snoozing
	./Snoozing 1000 3>&- & one=$!
	./Snoozing 1000 3>&- & two=$!
	# They have that name once they are that program.
	until [ "$(cat "/proc/$one/comm" "/proc/$two/comm")" = $'Snoozing\nSnoozing' ]; do sleep 0.01; done
	list=$(printf '%s\n' "$one" "$two" | sort -n | paste -sd+)
	is "$list" "$("$BB/pgrep" -d + -P $$ Snoozing)"
	is "$list" "$("$BB/pgrep" --delimiter=+ -P $$ -i '^sNOOZ')"
	is 2 "$("$BB/pgrep" -c -P $$ Snoozing)"
	is 2 "$("$BB/pgrep" -u "$me" -P $$ -c Snoozing)"
	is 2 "$("$BB/pgrep" -u "4242,$(id -u)" -P $$ -c Snoozing)"
	rc=0; "$BB/pgrep" -u 4242 Snoozing >got || rc=$?
	is '1 ' "$rc $(cat got)"
	rc=0; "$BB/pgrep" -c no-process-has-this-name >got || rc=$?
	is '1 0' "$rc $(cat got)"
	run ! "$BB/pgrep" -u nobody-of-this-name x
	[[ $output == *'unknown user nobody-of-this-name' ]]
	kill "$one" "$two"
}

@test "lsof: of some processes, of a file, and nothing that it would ignore" {
	# shellcheck disable=SC2217  # it holds the file open
	sleep 1000 <numbers 3>&- & one=$!
	until [ "$(readlink "/proc/$one/exe")" = "$(readlink -f "$(command -v sleep)")" ]; do sleep 0.01; done
	is "$one" "$("$BB/lsof" -nP -p "$one" | cut -f1 | sort -u)"
	is "$one 0 $PWD/numbers" "$("$BB/lsof" -p "1,$one" "$PWD/numbers" | awk '{ print $1, $3, $4 }')"
	is "$one" "$("$BB/lsof" numbers | cut -f1)"
	kill "$one"
	rc=0; "$BB/lsof" "$BATS_TEST_FILENAME" >got || rc=$?
	is '1 ' "$rc $(cat got)"
	run ! "$BB/lsof" -p x
	[[ $output == "lsof: invalid number 'x'" ]]
	run ! "$BB/lsof" nothing-here
	run ! "$BB/lsof" -i
}

@test "dmesg -T: the time of day" {
	need_root
	"$BB/dmesg" >plain || skip "the kernel's log cannot be read here"
	[ -s plain ] || skip "the kernel's log is empty"
	"$BB/dmesg" -T | head -n 1 | grep -q '^\[[A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] 20[0-9][0-9]\]' ||
		fail "$("$BB/dmesg" -T | head -n 1)"
}

@test "nsenter -a and -C: the namespaces of a process in which we are not" {
	need_root
	unshare --cgroup --uts --net sleep 1000 3>&- & one=$!
	until [ "$(readlink "/proc/$one/exe")" = "$(readlink -f "$(command -v sleep)")" ]; do sleep 0.01; done
	theirs() { for n in "$@"; do readlink "/proc/$one/ns/$n"; done; }
	inside='for n in "$@"; do readlink "/proc/self/ns/$n"; done'
	is "$(theirs cgroup uts net mnt user)" "$("$BB/nsenter" -t "$one" -a sh -c "$inside" sh cgroup uts net mnt user)"
	is "$(theirs cgroup)" "$("$BB/nsenter" -t "$one" -C sh -c "$inside" sh cgroup)"
	never [ "$(theirs net)" = "$("$BB/nsenter" -t "$one" -C sh -c "$inside" sh net)" ]
	kill "$one"
	run ! "$BB/nsenter" -t 4000000 -a true
	[[ $output == 'nsenter: /proc/4000000/ns/user: No such file or directory' ]]
}
