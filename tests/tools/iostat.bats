# bats file_tags=check
# iostat beside sysstat's own, on this machine, in containers and where there is nothing.

setup_file() {
	REPLAY=$BATS_FILE_TMPDIR/replay.so
	gcc -O1 -std=c11 -D_GNU_SOURCE -shared -fPIC -o "$REPLAY" "$BATS_TEST_DIRNAME/iostat/_peer/replay.c" -ldl
	export REPLAY
}

setup() {
	load ../lib
	TOOL=$OUT/toolbox/iostat
	PEER=/usr/bin/iostat
	cd "$BATS_TEST_TMPDIR" || return
}

# need_sysstat: the real one, of the version whose output is the model; or skips.
need_sysstat() {
	[ -x "$PEER" ] || skip "sysstat is not installed"
	local version
	version=$("$PEER" -V | head -n 1)
	[ "$version" = "sysstat version 12.6.1" ] || skip "the model is sysstat 12.6.1, and this is ${version##* }"
}

# same ROOT OPTION...: sysstat and we print the same bytes and end alike.
same() {
	local root=$1 theirs=0 ours=0
	shift
	PEER_ROOT=$root LD_PRELOAD=$REPLAY TZ=UTC LC_ALL=C timeout 60 "$PEER" "$@" >"$root.want" 2>"$root.err" || theirs=$?
	NATIVE_ROOT=$root TZ=UTC timeout 60 "$TOOL" "$@" >"$root.got" 2>>"$root.err" || ours=$?
	[ -s "$root.want" ] || { echo "sysstat's iostat $* prints nothing"; cat "$root.err"; return 1; }
	cmp -s "$root.want" "$root.got" && [ "$theirs" = "$ours" ] && return
	echo "iostat $*, tree $root: < sysstat ($theirs), > we ($ours)"
	diff "$root.want" "$root.got" | cat -v | head -n 20
	cat "$root.err"
	return 1
}

@test "iostat: of a recorded machine we print the same bytes as sysstat, with every option" {
	need_sysstat
	mkdir m
	(cd m && . "$TOP/tests/tools/iostat/_root/root.sh" && three_moments)
	failed=0
	while read -r options; do
		# shellcheck disable=SC2086  # a list of options
		same "$PWD/m" $options || failed=1
	done <<-END
		1 3
		-c 1 3
		-d 1 3
		-x 1 3
		-xc
		-c sda
		-s 1 2
		-dxs 1 2
		-k 1 2
		-m 1 2
		-dxm
		-dxsm
		-t 1 2
		-y 1 2
		-dxy 1 1
		-dz 1 3
		-xz ALL 1 2
		--human 1 2
		-h 1 2
		-xh 1 2
		-xh --compact
		-x --pretty
		-ds --pretty
		--dec=0 -x 1 2
		--dec=1 1 2
		-dh --dec=0
		-o JSON 1 3
		-o JSON -x 1 2
		-o JSON -dxs
		-o JSON -dt -m
		-o JSON -h --dec=0
		-o JSON -c
		-dp 1 2
		-px 1 2
		-d -p ALL 1 2
		-d -p sda
		-d -p sda,nvme0n1 loop0
		-d nvme0n1p1 loop0 sda 1 2
		-d ALL
		-d nothere
		-d -g both sda nvme0n1 1 2
		-d -H -g both sda nvme0n1
		-dx sdb -g one sda -g two dm-0 nvme0n1
		-d -g part -p sda
		-dz -g idle sdb loop0 1 2
		-dN 1 2
		-dN -p
		-dN vg0-root
		-dN dm-0
		-d -j ID 1 2
		-d -j UUID -p
		-d -j uuid 1234-ABCD sdb
		-d -j PATH
		-j ID -p ata-A_DISK_WITH_A_LONG_NAME_0001
		-d -f /alt 1 2
		-d +f /alt
		-d -f /alt -p spdk1
		-d -f /alt2 -p
		-d +f /alt2 -p ALL
	END
	[ "$failed" = 0 ]
}

@test "iostat: units, time formats and colours follow the environment as sysstat's" {
	need_sysstat
	mkdir m
	(cd m && . "$TOP/tests/tools/iostat/_root/root.sh" && three_moments)
	for options in -d -dx -dxs -ds -dk -dm -dh '-o JSON -dx'; do
		# shellcheck disable=SC2086
		POSIXLY_CORRECT=1 same "$PWD/m" $options
	done
	S_TIME_FORMAT=ISO same "$PWD/m" -t 1 2
	S_TIME_FORMAT=ISO same "$PWD/m" -o JSON -t
	S_TIME_FORMAT=iso same "$PWD/m" -t
	for options in '1 3' '-x 1 2' '-h ALL' '-xh' '-xd --pretty' '--dec=0 -x 1 3' '-d --human --dec=0' '-g a sda sdb' '-o JSON'; do
		# shellcheck disable=SC2086
		S_COLORS=always same "$PWD/m" $options
	done
	S_COLORS=always S_COLORS_SGR='H=1:M=2;3:N=4:Z=5:I=7' same "$PWD/m" -x 1 3
	S_COLORS=never same "$PWD/m" -x
}

@test "iostat: of machines made at random we print the same bytes as sysstat" {
	need_sysstat
	failed=0
	for seed in $(seq 24); do
		mkdir "$seed"
		(cd "$seed" && "$TOP/tests/tools/iostat/_peer/random" "$seed")
		for options in '-x 1 3' '-d -p 1 3' '-h ALL 1 2' '-xs -m -z 1 3' '--dec=1 -N 1 2' '-o JSON -p ALL 1 3' \
			'-dsk --human --dec=0 1 3' '-dx --pretty -z 1 2' '-g all sda nvme2n1 md127 vda'; do
			# shellcheck disable=SC2086
			S_COLORS=$([ $((seed % 3)) = 0 ] && echo always) same "$PWD/$seed" $options || failed=1
		done
		rm -r "$seed" # what is to be seen of it has been printed
	done
	[ "$failed" = 0 ]
}

@test "iostat: on this machine the banner, the titles and the devices are sysstat's" {
	need_sysstat
	for options in '' -x -s -xs '-p ALL' ALL '-d -p' '-o JSON -x ALL'; do
		# shellcheck disable=SC2086
		"$PEER" $options | sed 's/[0-9]*\.[0-9]*/N/g; s/ [ 0-9][ 0-9]*/ /g' >want
		# shellcheck disable=SC2086
		"$TOOL" --no-cgroup $options | sed 's/[0-9]*\.[0-9]*/N/g; s/ [ 0-9][ 0-9]*/ /g' >got
		[ -s want ]
		diff want got || { echo "iostat $options"; return 1; }
	done
}

@test "iostat: a sample is one read of each file and one write" {
	need strace
	strace -o trace -e trace=openat,open,read,pread64,readv,write,writev,readlinkat,newfstatat,fstatat64,stat \
		"$TOOL" -x --no-cgroup 1 4 >report
	# What stands between the third and the fourth report: nothing is opened any more, and each file is read to its end.
	sed -n '/^write/h; /^write/!H; ${x;p}' trace >last
	awk '/^write/ { n++ } n == 3 { print }' trace | sed 1d >sample
	[ "$(grep -c '^write' trace)" = 4 ]
	[ "$(grep -cv '^pread64' sample)" = 0 ] || { cat sample; return 1; }
	[ "$(grep -c ', 0) *= ' sample)" = 2 ] || { cat sample; return 1; }
}

@test "iostat: Ctrl-C ends JSON properly, with status 0" {
	"$TOOL" -o JSON 1 100 >json 3>&- &
	wait_for test -s json
	kill -INT $!
	wait $!
	[ "$(jq '.sysstat.hosts[0].statistics | length' json)" -ge 1 ]
}

@test "iostat: colours on a terminal that is named only" {
	esc=$(printf '\033')
	TERM=xterm "$PROGS/pty" 24 80 "$TOOL" -c >named
	TERM='' "$PROGS/pty" 24 80 "$TOOL" -c >unnamed
	TERM=dumb "$PROGS/pty" 24 80 "$TOOL" -c >dumb
	grep -q "$esc" named
	never grep -q "$esc" unnamed
	never grep -q "$esc" dumb
	S_COLORS=never TERM=xterm "$PROGS/pty" 24 80 "$TOOL" -c >refused
	never grep -q "$esc" refused
}

@test "iostat: output that cannot be written is a failure with a sentence" {
	for where in '>/dev/full' '>&-'; do
		for options in '' -x '-o JSON' '1 2' --help -V; do
			rc=0
			bash -c "exec '$TOOL' $options $where" 2>err || rc=$?
			[ "$rc" = 1 ]
			[ "$(wc -l <err)" = 1 ]
			grep -q '^iostat: standard output: ' err
		done
	done
}

@test "iostat: an empty read-only root, uid 65532, no /proc, no TERM: one sentence" {
	need_root
	mkdir -p root/tool
	run -1 --separate-stderr env -i unshare -m --propagation private sh -c '
		mount -t tmpfs -o mode=0755 tmpfs root && mkdir root/tool && cp "$0" root/tool/iostat && mount -o remount,ro root &&
		exec chroot --userspec=65532:65532 root /tool/iostat 1 2' "$TOOL"
	[ "$output" = '' ]
	[ "$stderr" = 'iostat: /proc is not mounted here, and nothing else tells what iostat reports' ]
}

@test "iostat: /proc and nothing else is enough" {
	need_root
	mkdir root
	run -0 --separate-stderr env -i unshare -pfm --propagation private sh -c '
		mount -t tmpfs -o mode=0755 tmpfs root && mkdir root/proc && cp "$0" root/iostat && mount -t proc proc root/proc &&
		exec chroot --userspec=65532:65532 root /iostat -x --no-cgroup' "$TOOL"
	[ "$stderr" = '' ]
	[[ ${lines[0]} == "Linux $(uname -r) ("*"_$(uname -m)_"* ]]
	[[ $output == *'avg-cpu:  %user'* ]]
	[[ $output == *$'\nDevice            r/s'* ]]
}

@test "iostat: what lies over files of /proc is not called the host's" {
	need_root
	echo 'cpu  1 2 3 4' >stat
	echo '8 0 sda 1 2 3 4 5 6 7 8 9 10 11' >diskstats
	below() { unshare -pfm --mount-proc --propagation private sh -c "$1; exec '$TOOL' $2" | grep -e ^host -e ^below; }
	[ "$(below : '')" = 'host and all its containers:' ]
	[ "$(below 'mount --bind stat /proc/stat' '')" = 'below: what lies over /proc/stat, and the host' ]
	[ "$(below 'mount --bind stat /proc/stat' -d)" = 'host and all its containers:' ]
	[ "$(below 'mount --bind diskstats /proc/diskstats' -d)" = 'below: what lies over /proc/diskstats, and the host' ]
	[ "$(below 'mount --bind stat /proc/stat; mount --bind diskstats /proc/diskstats' -x)" = \
		'below: what lies over /proc/stat and /proc/diskstats' ]
}
