# bats file_tags=check
# netstat beside net-tools' netstat (Debian's) and ss, in network namespaces of their own: every kind and state of
# socket, names, hostile strings, and what is missing.

bats_require_minimum_version 1.5.0
TOP=${TOP:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
OUT=${OUT:-$TOP/out}
case $OUT in /*) ;; *) OUT=$TOP/$OUT ;; esac
N=$OUT/toolbox/netstat
PEER=/usr/bin/netstat
export N PEER OUT TOP

setup() {
	unset NATIVE_ROOT POSIXLY_CORRECT COLUMNS
	export LC_ALL=C
	[ -x "$N" ] || { echo "$N is not there: run make first"; return 1; }
}

need_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }
need() {
	local c
	for c; do command -v "$c" >/dev/null || skip "needs $c, which is not installed"; done
}

fail() {
	printf '%s\n' "$@"
	return 1
}
equal() { [ "$1" = "$2" ] || fail "expected: $1" "     got: $2"; }

# build PROGRAM: a program of tests/busybox that runs where there is nothing else.
build() {
	(unset LIBRARY_PATH CPATH C_INCLUDE_PATH
	"$OUT/sysroot/bin/musl-gcc" -std=c11 -Os -static -s -o "$BATS_TEST_TMPDIR/$1" "$TOP/tests/busybox/$1.c")
}

# in_zoo FUNCTION: runs it in a network and a mount namespace of its own in which tests/progs/zoo keeps its sockets, in
# an empty directory.
in_zoo() {
	need_root
	need unshare ip
	mkdir "$BATS_TEST_TMPDIR/zoo"
	W=$BATS_TEST_TMPDIR/zoo unshare --net --mount --propagation private bash -euc "$(declare -f)"'
		cd "$W"
		ip link set lo up
		mkfifo stop
		"$OUT/test/progs/zoo" <stop >said 3>&- 4>&- &
		zoo=$!
		exec {stop}>stop
		for i in $(seq 200); do ! grep -q ready said || break; kill -0 "$zoo"; sleep 0.05; done
		grep -q ready said
		"$@"
	' - "$@"
}

# beside OPTION...: ours prints what net-tools prints, to the byte, by sock_diag and from /proc/net (NATIVE_ROOT=/). Sockets
# change their state in their own time: net-tools has to say the same before and after. FILTER is a
# sed script for what cannot be the same.
beside() {
	local i
	for i in $(seq 20); do
		"$PEER" "$@" 2>peer.err | sed -E "${FILTER:-}" >peer.1
		"$N" "$@" 2>ours.err | sed -E "${FILTER:-}" >ours.1
		NATIVE_ROOT=/ "$N" "$@" 2>files.err | sed -E "${FILTER:-}" >ours.2
		"$PEER" "$@" 2>peer.err | sed -E "${FILTER:-}" >peer.2
		cmp -s peer.1 peer.2 || { sleep 0.2; continue; }
		[ -s peer.1 ] || fail "net-tools prints nothing for $*" || return 1
		diff peer.1 ours.1 || fail "netstat $*: by the kernel's answer" || return 1
		[ -n "${NO_FILES:-}" ] || diff peer.1 ours.2 || fail "netstat $*: from the files" || return 1
		[ ! -s ours.err ] || fail "netstat $* says: $(cat ours.err)" || return 1
		return 0
	done
	fail "the sockets did not stay as they were"
}

states_of_tcp() {
	beside -ant
	# The zoo has them all.
	local state
	for state in LISTEN ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT; do
		grep -q " $state *\$" ours.1 || fail "there is no socket in $state" || return 1
	done
	beside -nt
	beside -ltn
	beside -ant4
	beside -ant6
	beside -antW
	beside -antee
	beside -antp
	beside -antpe
}
@test "netstat: tcp sockets in every state, beside net-tools" { in_zoo states_of_tcp; }

timers() {
	# What is left of the time differs between two looks.
	FILTER='s,\([0-9.]+/,(T/,' beside -anto
	FILTER='s,\([0-9.]+/,(T/,' beside -antpeo
	grep -q 'keepalive (T/0/0)' ours.1
	grep -q 'timewait (T/0/0)' ours.1
	grep -qE ' on \(T/[0-9]' ours.1
}
@test "netstat -o: timers, retransmissions and probes, beside net-tools" { in_zoo timers; }

udp_and_raw() {
	local o
	for o in -anu -nu -lnu -anw -nw -lnw -anuwep -anUe -A\ inet\ -anuw; do
		# shellcheck disable=SC2086
		beside $o
	done
	beside -anuw
	grep -q '^udp .* ESTABLISHED' ours.1
	grep -q '^udp6 .* ESTABLISHED' ours.1
	grep -q '^raw .* 253 *$\|^raw .*:253 ' ours.1
	grep -q '^raw6 ' ours.1
}
@test "netstat: udp, udplite and raw sockets, beside net-tools" { in_zoo udp_and_raw; }

# net-tools ends a name at its first blank and believes forged rows: those rows are looked at by themselves.
local_sockets() {
	local odd='/with|@a@b|x(\\012|$)|4711/d'
	FILTER=$odd NO_FILES=1 beside -anx
	FILTER=$odd NO_FILES=1 beside -nx
	FILTER=$odd NO_FILES=1 beside -lnx
	FILTER=$odd NO_FILES=1 beside -anxp
	"$N" -anx >ours
	equal 1 "$(grep -c 'LISTENING .* with a blank$' ours)"
	equal 1 "$(grep -c 'CONNECTING .* 0        with a blank$' ours)"
	equal 1 "$(grep -cF 'LISTENING' <(grep -F '@a@b\033[31m\302\233x' ours))"
	equal 2 "$(grep -cF ' x\0120000000000000000: 00000002 00000000 00010000 0001 01 4711 forged' ours)"
	equal 0 "$(grep -c ' 4711  ' ours)"
	# As many rows as the kernel has sockets and connections that wait for accept(), and two lines of header.
	equal "$(($(ss -xaH | grep -c '^u_') + $(grep -c CONNECTING ours) + 2))" "$(wc -l <ours)"
}
@test "netstat -x: unix sockets beside net-tools, and names that forge rows" {
	need ss
	in_zoo local_sockets
}

everything() {
	beside -an4
	FILTER='/^Active UNIX/,$d' beside -an
	FILTER='/^Active UNIX/,$d' beside -anpe
	# Services and hosts by name, as far as the files of this machine tell.
	printf 'nameserver 127.0.0.1\n' >resolv.conf
	printf '127.0.0.1 localhost\n10.7.0.1 zoo-keeper.example.test zoo\n10.7.0.2 guest\n' >hosts
	mount --bind hosts /etc/hosts
	mount --bind /dev/null /etc/resolv.conf
	NO_FILES=1 beside -at4e
	grep -q '^tcp .*zoo-keeper.*:3307 .*guest:50001 ' ours.1
	grep -q '^tcp .*localhost:mysql ' ours.1
	NO_FILES=1 beside -at4W
	NO_FILES=1 beside -aw
	NO_FILES=1 beside -r
}
@test "netstat: everything at once, and by name, beside net-tools" { in_zoo everything; }

interfaces() {
	ip link add veth10 type veth peer name veth9
	ip link add b2 type veth peer name averyveryvery15
	ip link set veth10 up
	ip link set veth9 arp off
	ip link set b2 up promisc on allmulticast on mtu 9000
	ip addr add 10.9.0.1/24 dev veth10
	ip addr add 10.9.0.2/24 brd + dev veth10 label veth10:1
	ip addr add 2001:db8::1/64 dev veth10 nodad
	ip addr add fc00::1/7 dev veth10 nodad
	ip route add 10.10.0.0/16 via 10.9.0.9 metric 7 mtu 1400 window 1000
	ip route add unreachable 10.11.0.0/16
	ip -6 route add 2001:db8:1::/48 via 2001:db8::9 metric 5
	ip -6 route add unreachable 2001:db8:2::/48
	local o
	for o in -i -ia -ie -iae -gn -r -rn -re -reen -6rn -6r -A\ inet,inet6\ -rn -s -s6 -st -su -sw -6st; do
		# Files have no IPv4 addresses.
		# shellcheck disable=SC2086
		NO_FILES=1 beside $o
	done
}
@test "netstat -i, -r, -g and -s beside net-tools" { in_zoo interfaces; }

tcp_info() {
	"$N" -nt --tcp-info >ours
	# As many words in the row of a connection as in the header, whose first two columns of addresses have two words each.
	equal "$(($(sed -n 2p ours | wc -w) - 2))" "$(grep ESTABLISHED ours | awk '{ print NF }' | sort -u)"
	# What ss says of the same connection: window, segment size, bytes.
	said=$(ss -tinH src 127.0.0.1:3306 dst 127.0.0.1:40001 | tr ' ' '\n')
	column() { awk -v want="$1" 'NR == 2 { sub(/Local Address/, "Local"); sub(/Foreign Address/, "Foreign"); for (i in a); for (i = 1; i <= NF; i++) if ($i == want) c = i }
		$4 == "127.0.0.1:3306" && $5 == "127.0.0.1:40001" { print $c }' ours; }
	equal "$(sed -n 's/^cwnd://p' <<<"$said")" "$(column Cwnd)"
	equal "$(sed -n 's/^mss://p' <<<"$said")" "$(column MSS)"
	equal "$(sed -n 's/^bytes_acked://p' <<<"$said")" "$(column Acked)"
	# The backlog of a listening socket, as ss has it.
	equal 10 "$("$N" -lnt4 --tcp-info | awk '$4 == "127.0.0.1:3306" { print $3 }')"
	# Nothing is known of other protocols, and without netlink.
	NATIVE_ROOT=/ "$N" -nt --tcp-info >files
	grep -q 'ESTABLISHED  *-  *-' files
}
@test "netstat --tcp-info: what ss says" {
	need ss
	in_zoo tcp_info
}

count() {
	"$N" --count >ours 2>err
	[ ! -s err ]
	equal "$("$N" -an | grep -cE '^(tcp|udp|udpl|raw|unix)')" "$(sed -n '1s/^[0-9]* of \([0-9]*\) sockets .*/\1/p' ours)"
	grep -qE "^$zoo/zoo +[0-9]+ +[0-9]+ +[0-9]+\$" ours
	grep -qE '^mysql \(tcp port 3306\) +to +3 +1 +0 +1 +1$' ours
	[ "$(wc -l <ours)" -le 40 ]
}
@test "netstat --count" { in_zoo count; }

no_netlink() {
	local e
	for e in EPERM EACCES ENOSYS; do
		"$OUT/test/progs/deny" socket:16=$e "$N" -ant >denied
		NATIVE_ROOT=/ "$N" -ant >files
		cmp denied files
		grep -q LISTEN denied
		"$OUT/test/progs/deny" socket:16=$e "$N" -an >denied
		equal 1 "$(grep -c '@abstract$' denied)"
	done
}
@test "netstat: where netlink is refused, /proc/net is read" { in_zoo no_netlink; }

# The zoo's socket on port 53 takes questions and never answers.
dead_dns() {
	printf 'nameserver 127.0.0.1\nnameserver 127.0.0.1\n' >resolv.conf
	printf '127.0.0.1 localhost\n' >hosts
	mount --bind resolv.conf /etc/resolv.conf
	mount --bind hosts /etc/hosts
	timeout 30 "$N" -at >ours
	timeout 30 "$N" -antW | sort >numbers
	grep -q '10.7.0.1:3307 .*10.7.0.2:50001 ' ours
	equal "$(wc -l <numbers)" "$(wc -l <ours)"
	# Asked once, not again for each report: what waits unread on port 53 says so.
	unread() { "$N" -anu4 | awk '$4 == "0.0.0.0:53" { print $2 }'; }
	before=$(unread)
	timeout 30 "$N" -at >ours
	once=$(($(unread) - before))
	before=$(unread)
	"$N" -atc >ours 3>&- 4>&- &
	for i in $(seq 400); do [ "$(grep -c '^Active' ours)" -lt 4 ] || break; sleep 0.05; done
	kill -INT $!
	wait $!
	[ "$(grep -c '^Active' ours)" -ge 4 ]
	[ "$once" -gt 0 ]
	[ $(($(unread) - before)) -lt $((2 * once)) ]
}
@test "netstat: a name server that never answers does not hold it up" { in_zoo dead_dns; }

dns() {
	exec {stop}>&-
	wait "$zoo" || :
	printf 'nameserver 127.0.0.1\n' >resolv.conf
	printf '127.0.0.1 localhost\n' >hosts
	mount --bind resolv.conf /etc/resolv.conf
	mount --bind hosts /etc/hosts
	ip addr add 10.8.0.1/24 dev lo
	"$TOP_TMP/dns" "$1" >dns.said 3>&- 4>&- &
	for i in $(seq 100); do ! grep -q ready dns.said || break; sleep 0.05; done
	"$OUT/busybox" nc -l -p 3306 -s 10.8.0.1 >/dev/null 3>&- 4>&- &
	for i in $(seq 100); do ! "$N" -ltn | grep -q 10.8.0.1:3306 || break; sleep 0.05; done
	"$N" -lt >ours
	kill %+ %-
	equal "$2" "$(awk '$1 == "tcp" { print $4 }' ours)"
}
@test "netstat: names from a name server, and those that are no names" {
	need_root
	build dns
	export TOP_TMP=$BATS_TEST_TMPDIR
	in_zoo dns keeper keeper:mysql
	rm -r "$BATS_TEST_TMPDIR/zoo"
	in_zoo dns $'evil\n\e]0;own\a\x9b\xc2\x9b' 10.8.0.1:mysql
	rm -r "$BATS_TEST_TMPDIR/zoo"
	in_zoo dns 'x ESTABLISHED' 10.8.0.1:mysql
}

hostile_programs() {
	local name i=0
	for name in $'a\nb' $'tcp        0      0 1.2.3.4:22' $'\e]0;own\a' $'g\x9b31m' $'h\xc2\x9b31m' $'i\xe2\x80\xaetxt' $'n\xe2\x82' '/usr/../x/' ''; do
		i=$((i + 1))
		(exec -a "$name" "$TOP_TMP/hostile" -c comm -t >"port.$i" 3>&- 4>&-) &
	done
	for i in 1 2 3 4 5 6 7 8 9; do
		for j in $(seq 100); do ! grep -q ready "port.$i" || break; sleep 0.05; done
		read -r _ "port_$i" <"port.$i"
	done
	"$N" -ltnp >ours
	# A row for each socket that ss has, and two lines of header.
	want=$(($(ss -ltnH | wc -l) + 2))
	# shellcheck disable=SC2046  # a list
	kill $(jobs -p) 2>/dev/null || :
	equal "$want" "$(wc -l <ours)"
	! LC_ALL=C grep -q '[^ -~]' ours || fail 'bytes that are no text' "$(cat -v ours)"
	shown() { sed -n "s/^.*:$1  .* [0-9]*\/\(.*[^ ]\)* *\$/\1/p" ours; }
	equal 'a\012b' "$(shown "$port_1")"
	equal '\033]0;own\007' "$(shown "$port_3" | sed 's/own.*/own\\007/')"
	equal 'g\23331m' "$(shown "$port_4")"
	equal 'h\302\23331m' "$(shown "$port_5" | head -c 12)"
	equal comm "$(shown "$port_9")"
}
@test "netstat -p: hostile names of processes" {
	need_root
	need ss
	build hostile
	export TOP_TMP=$BATS_TEST_TMPDIR
	in_zoo hostile_programs
}

# Command lines on a file system that does not answer: the kernel's names after a moment, and an end.
stuck_command_lines() {
	mkdir hang root root/proc root/proc/net
	"$OUT/test/progs/hangfs" hang deaf >hang.said 3>&- 4>&- &
	hangfs=$!
	for i in $(seq 100); do ! grep -q ready hang.said || break; sleep 0.05; done
	echo '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode' >root/proc/net/tcp
	for i in 1 2 3 4 5 6 7 8 9; do
		mkdir -p root/proc/$i/fd
		ln -s "socket:[10$i]" root/proc/$i/fd/3
		ln -s "$PWD/hang/cmdline" root/proc/$i/cmdline
		echo "name$i" >root/proc/$i/comm
		echo "   $i: 0100007F:0CE$i 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 10$i 1 0 0" >>root/proc/net/tcp
	done
	NATIVE_ROOT=$PWD/root timeout -k 5 30 "$N" -lntp4 >ours
	kill -KILL "$hangfs"
	equal '1/name1 2/name2 3/name3 4/name4 5/name5 6/name6 7/name7 8/name8 9/name9' "$(awk 'NR > 2 { print $7 }' ours | xargs)"
}
@test "netstat -p: command lines that never come" { in_zoo stuck_command_lines; }

# A stranger may look at the sockets, and into no process but his own.
stranger() {
	setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs "$N" -antp >ours 2>err
	"$N" -ant | sed -n '3,$p' | awk '{ print $1, $4, $5 }' | sort >want
	sed -n '3,$p' ours | awk '{ print $1, $4, $5 }' | sort >got
	diff want got
	equal '-' "$(awk 'NR > 2 { print $NF }' ours | sort -u)"
	equal '(No info could be read for "-p": geteuid()=65532 but you should be root.)' "$(cat err)"
}
@test "netstat -p as a stranger: all sockets, no programs, and the reason" { in_zoo stranger; }

# Nothing but the tool and what lies beside it: no /proc, no /etc, no /dev; uid 65532, no TERM.
empty_root() {
	mkdir root
	cp -R "$OUT/native" root/native
	bare() { env -i "$(command -v chroot)" --userspec=65532:65532 root /native/bin/netstat "$@"; }
	bare -ant >ours 2>err
	[ ! -s err ] || fail "$(cat err)"
	"$N" -ant >want
	diff <(sort want) <(sort ours)
	bare -lt >ours
	grep -q 'mysql .* LISTEN' ours
	bare -xan >ours
	equal 1 "$(grep -c '^unix  -      \[ ACC \]     STREAM     LISTENING .* @abstract$' ours)"
	bare -i >ours
	grep -q '^lo .* LRU$' ours
	rc=0
	bare -antp >ours 2>err || rc=$?
	equal 'netstat: /proc cannot be read, so no process is named: No such file or directory' "$(cat err)"
	equal 0 "$rc"
	grep -q LISTEN ours
	for o in -r -6r -s -s6 -g; do
		rc=0
		bare $o >ours 2>err || rc=$?
		equal 1 "$rc"
		grep -qE '^netstat: .*/proc/net/[a-z0-9_]+: No such file or directory$' err
	done
}
@test "netstat in an empty root as uid 65532: no /proc, no /etc, no /dev, no TERM" { in_zoo empty_root; }

@test "netstat: an output that is full or closed is an error" {
	local o
	for o in -ant -i -s -r -g --count --help --version; do
		run -1 bash -c '"$N" "$1" >/dev/full' - "$o"
		[[ $output == netstat:*'No space left on device'* ]] || fail "$o: $output" || return 1
		run -1 bash -c '"$N" "$1" >&-' - "$o"
		[[ $output == netstat:*'Bad file descriptor'* ]] || fail "$o: $output" || return 1
	done
	# Repeated reports end with the first that is lost.
	run -1 timeout 20 bash -c '"$N" -antc >/dev/full'
}

@test "netstat -c: again every second, until interrupted" {
	local o out=$BATS_TEST_TMPDIR/out
	for o in -antc -ic -rnc -gnc -sc; do
		"$N" $o >"$out" 3>&- &
		head=''
		for i in $(seq 400); do
			[ -n "$head" ] || head=$(sed -n 2p "$out")
			[ -z "$head" ] || [ "$(grep -cxF -- "$head" "$out")" -lt 2 ] || break
			sleep 0.05
		done
		kill -INT $!
		wait $! || fail "$o: status $?" || return 1
		[ "$(grep -cxF -- "$head" "$out")" -ge 2 ] || fail "$o: not twice: $head" || return 1
	done
	equal 1 "$("$N" -i | grep -c '^Kernel Interface table')"
}

@test "netstat: --help fits a screen, and every option of it is taken" {
	run -0 "$N" --help
	[ "${#lines[@]}" -le 40 ]
	[ -z "$(awk 'length > 80' <<<"$output")" ]
	local o
	for o in $(grep -oE -- '--[a-z][a-z0-9-]+' <<<"$output" | sort -u); do
		case $o in --help | --version | --protocol | --continuous) continue ;; esac
		run timeout 20 "$N" -n "$o"
		[ "$status" -lt 2 ] || fail "$o: $output" || return 1
	done
}
