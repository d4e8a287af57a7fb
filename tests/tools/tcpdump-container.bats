# tcpdump in containers: a known exchange on loopback, read back; names without any file of the image; the sentence
# where the right is missing. What it prints of packets is upstream's own business.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# captured NAME FILE FILTER COMMAND...: what passes on the loopback of a container while COMMAND runs, as a capture file.
captured() {
	local name=$1 file=$2 filter=$3 tracer
	shift 3
	in_container "$name" /native/bin/tcpdump -i lo -U -w - "$filter" >"$file" 2>"$file.err" 3>&- &
	tracer=$!
	wait_for grep -q 'listening on lo' "$file.err" || { cat "$file.err"; return 1; }
	"$@" || return 1
	# the last packets may still be on their way through the ring
	wait_for exchange_is_in "$file" || return 1
	in_container "$name" /native/bin/pkill -INT tcpdump
	wait "$tracer"
}
exchange_is_in() { grep -aq 'known udp payload' "$1" && [ "$("$OUT/tcpdump" -nr "$1" 'tcp[13] & 1 != 0' 2>/dev/null | wc -l)" -ge 2 ]; }

exchange() {
	in_container "$1" /native/bin/sh -c '
		nc -l -p 3306 >/tmp/got & server=$!
		for i in 1 2 3 4 5 6 7 8 9 10; do netstat -ltn | grep -q :3306 && break; sleep 0.2; done
		printf "known tcp payload" | nc -w 5 127.0.0.1 3306
		wait $server
		printf "<34>known udp payload" | nc -u -w 1 127.0.0.1 514
		cat /tmp/got'
}

@test "tcpdump: a known exchange on loopback is captured, and read back, by name and by number" {
	IMAGE=native-test/bb start web
	inject_ok web
	cap=$BATS_TEST_TMPDIR/cap
	captured web "$cap" 'tcp port 3306 or udp port 514' exchange web
	grep -q ' packets captured' "$cap.err"

	# the handshake, the payload, the end; ports by their names although the image has no /etc/services
	in_container -i web /native/bin/tcpdump -A -r - <"$cap" >"$BATS_TEST_TMPDIR/names" 2>"$BATS_TEST_TMPDIR/err"
	grep -q '^reading from file -, link-type EN10MB (Ethernet)' "$BATS_TEST_TMPDIR/err"
	grep -Eq 'IP (127\.0\.0\.1|localhost)\.[0-9a-z-]+ > (127\.0\.0\.1|localhost)\.mysql: Flags \[S\], seq' "$BATS_TEST_TMPDIR/names"
	grep -Eq 'IP (127\.0\.0\.1|localhost)\.mysql > (127\.0\.0\.1|localhost)\.[0-9a-z-]+: Flags \[S\.\], seq' "$BATS_TEST_TMPDIR/names"
	# each end of nc may close its direction first, and the end may travel with the last bytes
	grep -Eq 'mysql: Flags \[F?P\.\], seq 1:18, ack [12], .* length 17$' "$BATS_TEST_TMPDIR/names" || complain "$(cat "$BATS_TEST_TMPDIR/names")"
	grep -q 'known tcp payload' "$BATS_TEST_TMPDIR/names"
	grep -Eq 'mysql: Flags \[(F\.\], seq 18|FP\.\], seq 1:18),' "$BATS_TEST_TMPDIR/names"
	grep -Eq 'syslog: SYSLOG auth\.critical, length: 21$' "$BATS_TEST_TMPDIR/names"
	grep -q 'known udp payload' "$BATS_TEST_TMPDIR/names"

	"$OUT/tcpdump" -n -r "$cap" udp 2>/dev/null >"$BATS_TEST_TMPDIR/numbers"
	grep -Eq 'IP 127\.0\.0\.1\.[0-9]+ > 127\.0\.0\.1\.514: ' "$BATS_TEST_TMPDIR/numbers"
	equal 1 "$(wc -l <"$BATS_TEST_TMPDIR/numbers")"
}

@test "tcpdump: -i any in a read-only container, with the packets of a file written there" {
	IMAGE=native-test/bb start web --read-only --tmpfs /tmp
	inject_ok web
	in_container web /native/bin/tcpdump -i any -c 1 -w /tmp/cap udp port 514 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	tracer=$!
	wait_for grep -q 'listening on any, link-type LINUX_SLL2' "$BATS_TEST_TMPDIR/err"
	in_container web /native/bin/sh -c 'echo "<34>here" | nc -u -w 1 127.0.0.1 514'
	wait "$tracer"
	in_container web /native/bin/tcpdump -nr /tmp/cap 2>/dev/null >"$BATS_TEST_TMPDIR/out"
	grep -Eq '^[0-9:.]+ lo +In +IP 127\.0\.0\.1\.[0-9]+ > 127\.0\.0\.1\.514: SYSLOG' "$BATS_TEST_TMPDIR/out"
}

@test "tcpdump: without NET_RAW one sentence, that says what to do on the host" {
	IMAGE=native-test/bb start bare --cap-drop NET_RAW
	IMAGE=native-test/bb start web
	inject_ok bare
	inject_ok web
	for who in '-u 0 bare' '-u 65532 web'; do
		for o in '-i lo' '-i any' ''; do
			rc=0
			# shellcheck disable=SC2086
			in_container $who /native/bin/tcpdump $o >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
			equal 1 "$rc"
			equal 0 "$(wc -c <"$BATS_TEST_TMPDIR/out")"
			equal 1 "$(wc -l <"$BATS_TEST_TMPDIR/err")"
			err=$(cat "$BATS_TEST_TMPDIR/err")
			says 'tcpdump: ' ': capturing needs the capability NET_RAW' 'inject -p CONTAINER -- /native/bin/tcpdump' '--cap-add NET_RAW'
		done
	done
	# reading needs no right
	in_container -i -u 65532 web /native/bin/tcpdump -nr - >"$BATS_TEST_TMPDIR/out" 2>&1 \
		< <(printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0')
	equal 'reading from file -, link-type EN10MB (Ethernet), snapshot length 262144' "$(cat "$BATS_TEST_TMPDIR/out")"
}

@test "tcpdump: names of hosts and interfaces and what packets hold are made safe, and nobody is waited for without a resolver" {
	IMAGE=native-test/bb start web --cap-add NET_ADMIN
	inject_ok web
	in_container web /native/bin/sh -c "ip link add dev \$(printf 'd\033[31m') type dummy 2>/dev/null; ip link"  >"$BATS_TEST_TMPDIR/links" || true
	in_container web /native/bin/tcpdump -D >"$BATS_TEST_TMPDIR/out"
	! LC_ALL=C grep -q '[^ -~]' "$BATS_TEST_TMPDIR/out" || complain "odd bytes"
	grep -q '^[0-9]*\.any ' "$BATS_TEST_TMPDIR/out"
	! grep -q 'd.*\[31m' "$BATS_TEST_TMPDIR/links" || grep -q '^[0-9]*\.d??31m ' "$BATS_TEST_TMPDIR/out"
	# a name from the image's own files
	in_container web /native/bin/sh -c 'printf "127.0.0.9 evil\033]0;own\007\n" >>/etc/hosts; echo nameserver 127.0.0.1 >/etc/resolv.conf'
	in_container web /native/bin/tcpdump -vvv -A -i lo -c 1 udp port 514 >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	tracer=$!
	wait_for grep -q 'listening on lo' "$BATS_TEST_TMPDIR/err"
	in_container web /native/bin/sh -c 'printf "<34>here\033]0;own\007" | nc -u -w 1 127.0.0.9 514'
	wait "$tracer"
	grep -q 'here.]0;own.' "$BATS_TEST_TMPDIR/out" || complain "no payload: $(cat -v "$BATS_TEST_TMPDIR/out")"
	grep -q 'evil' "$BATS_TEST_TMPDIR/out" || complain "no name: $(cat -v "$BATS_TEST_TMPDIR/out")"
	! LC_ALL=C grep -q $'[^\t -~]' "$BATS_TEST_TMPDIR/out" || complain "odd bytes"
}
