#!/usr/bin/env bats
# bats file_tags=check
# What needs the system beside memory: netlink by the protocol of a descriptor, and --dns by the port of a socket.

setup() {
	LITE=${STRACE:-${OUT:-$PWD/out}/toolbox/strace}
	case $LITE in
	/*) ;;
	*) LITE=$PWD/$LITE ;;
	esac
	cd "$BATS_TEST_TMPDIR" || return 1
}

# A query for example.com, sent from a connected socket and from one that is not, in both orders that libcs have.
ask='
import socket
query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x03com\x00\x00\x01\x00\x01"
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(query, ("127.0.0.1", 53))
s.close()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 53))
s.send(query)
s.close()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 54))
s.send(query)
'

@test "--dns says what goes to port 53, and nothing of other ports" {
	command -v python3 >/dev/null || skip "needs python3, which is not installed"
	timeout 60 "$LITE" --dns -a 0 -o trace -e trace=sendto python3 -c "$ask"
	grep -c '^sendto([0-9]*, ".*" /\* DNS 0x1234 query A example.com. \*/, 29, 0, ' trace >n
	[ "$(cat n)" = 2 ] || { cat trace; return 1; }
	[ "$(grep -c '^sendto' trace)" = 3 ]
}

@test "without --dns there is no word of it" {
	command -v python3 >/dev/null || skip "needs python3, which is not installed"
	timeout 60 "$LITE" -a 0 -o trace -e trace=sendto python3 -c "$ask"
	[ "$(grep -c '^sendto' trace)" = 3 ]
	! grep DNS trace
}

# plain TRACE: without what differs from run to run.
plain() {
	sed -E 's/nlmsg_(seq|pid)=-?[0-9]+/nlmsg_\1=N/g; s/nl_pid=-?[0-9]+/nl_pid=N/g' "$1"
}

@test "ip rule reads as under strace 6.1" {
	command -v ip >/dev/null || skip "needs ip of iproute2, which is not installed"
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
	timeout 60 strace -v -e trace=network -o want ip rule
	timeout 60 "$LITE" -v -e trace=network -o got ip rule
	grep -q RTM_GETRULE got
	diff -u <(plain want) <(plain got)
}
