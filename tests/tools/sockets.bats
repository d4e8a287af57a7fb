# Scenario 2, "down at 257 sockets, and ulimit says 1024", as typed: in a container of an image that holds one
# program, as root and as uid 65532.

setup() {
	load ../lib
	native_setup
	mkdir -p "$SUITE/images/clients"
	cp "$PROGS/clients" "$SUITE/images/clients/clients"
	tar -C "$SUITE/images/clients" -c . | docker import - native-test/clients >/dev/null
	export IMAGE=native-test/clients
}
teardown() { native_teardown; }

# down_at_257 USER [OPTION]: the service `web` with 257 connections to `db`, each in a network of its own with one cable between.
down_at_257() {
	start db -- /clients serve
	start web --user "$@" --ulimit nofile=1024:4096 --add-host db:10.11.0.1 -- /clients connect 10.11.0.1 257
	local web db
	web=$(pid_of web) db=$(pid_of db)
	nsenter -t "$web" -n ip link add eth0 type veth peer name eth0 netns "$db"
	nsenter -t "$web" -n ip address add 10.11.0.2/24 dev eth0
	nsenter -t "$db" -n ip address add 10.11.0.1/24 dev eth0
	nsenter -t "$web" -n ip link set eth0 up
	nsenter -t "$db" -n ip link set eth0 up
	wait_for eval 'docker logs web | grep -q ready'
	inject_ok web
}

# typed LINE: what somebody types in /native/bin/sh of the container; stdout to $out, stderr to $err, status to $rc.
typed() {
	rc=0
	timeout -k 5 60 docker exec web /native/bin/sh -c "$1" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
	out=$(cat "$BATS_TEST_TMPDIR/out")
	err=$(cat "$BATS_TEST_TMPDIR/err")
}
# works LINE: status 0 and nothing on stderr.
works() {
	typed "$1"
	[ "$rc" = 0 ] && [ -z "$err" ] || complain "typed: $1"
}

the_session() {
	works 'netstat'
	prints 'Active Internet connections (w/o servers)' 'Active UNIX domain sockets (w/o servers)' ' db:mysql '
	works 'netstat | grep mysql | wc -l'
	equal 257 "$out" || return 1
	works 'netstat -antp'
	equal 257 "$(grep -cE '^tcp +0 +0 10\.11\.0\.2:[0-9]+ +10\.11\.0\.1:3306 +ESTABLISHED 1/clients *$' <<<"$out")" || return 1
	equal 259 "$(wc -l <<<"$out")" || return 1
	works 'netstat -s'
	prints 'Tcp:' '257 active connection openings'
	works 'netstat -r'
	prints 'Kernel IP routing table' '10.11.0.0'
	works 'netstat -i'
	prints 'Kernel Interface table' eth0 lo
	works 'ulimit -a'
	prints 'open files                          (-n) 1024' 'pipe size                (512 bytes, -p) 8'
	equal "$(nsenter -t "$(pid_of web)" -n prlimit --nofile=1024:4096 bash -c 'ulimit -a' | cut -c-41)" \
		"$(cut -c-41 <<<"$out")" || return 1
	works 'ulimit -Hn'
	equal 4096 "$out" || return 1
	works 'ulimit -a --pid 1'
	prints 'open files                          (-n) 1024'
	works 'ulimit --who n'
	equal 'open files (-n), nearest to the soft limit first' "$(head -n 1 <<<"$out")" || return 1
	[[ $(sed -n 3p <<<"$out") =~ ^\ *1\ +[a-z0-9]+\ +clients\ +26[0-9]\ +1024\ +25\.[0-9]$ ]] || complain "the service should be first" || return 1
	# more than the hard limit takes what a container does not have
	typed 'ulimit -n 16384 --pid 1'
	equal 1 "$rc" || return 1
	equal 'ulimit: process 1: open files: cannot modify limit: Operation not permitted (the hard limit is 4096, to raise it takes CAP_SYS_RESOURCE)' "$err" || return 1
	works 'ulimit -n 2048 --pid 1'
	works 'ulimit -n --pid 1; ulimit -n'
	equal $'2048\n1024' "$out" || return 1
	equal '2048 2048' "$(awk '/^Max open files/ { print $4, $5 }' "/proc/$(pid_of web)/limits")" || return 1
	works 'ulimit -n 64; ulimit -n; ulimit -n 32 sh -c "ulimit -n"'
	equal $'64\n32' "$out" || return 1
}

@test "scenario 2: in a container of one program, as root" {
	down_at_257 0:0
	the_session
}

@test "scenario 2: as uid 65532, read-only, without any capability" {
	down_at_257 65532:65532 --read-only
	equal 0000000000000000 "$(awk '/^CapEff/ { print $2 }' "/proc/$(pid_of web)/status")"
	the_session
}

@test "scenario 2: with CAP_SYS_RESOURCE the limit of process 1 is raised" {
	(ulimit -c 0; ulimit -Hc 1 2>/dev/null) || skip "root has no CAP_SYS_RESOURCE on this machine"
	start web --cap-add SYS_RESOURCE --ulimit nofile=1024:4096 -- /clients serve
	inject_ok web
	works 'ulimit -n 16384 --pid 1'
	works 'ulimit -Hn --pid 1'
	equal 16384 "$out"
}

@test "ulimit called by docker exec alone: its own limits, and none is set" {
	start web --ulimit nofile=1024:4096 -- /clients serve
	inject_ok web
	run docker exec web /native/bin/ulimit -a
	equal 0 "$status"
	[[ $output == *'open files                          (-n) 1024'* ]]
	run docker exec web /native/bin/ulimit -n 64
	equal 1 "$status"
	equal 'ulimit: open files: cannot modify limit: the process that calls is outside of this pid namespace; name a process with --pid, or a command' "$output"
	equal '1024 4096' "$(awk '/^Max open files/ { print $4, $5 }' "/proc/$(pid_of web)/limits")"
}

@test "another container's processes and sockets are not seen" {
	start web -- /clients serve
	start shop -- /clients serve
	inject_ok web
	run docker exec web /native/bin/ulimit --who n -N 0
	equal 0 "$status"
	equal 'clients ulimit ' "$(awk 'NR > 2 { print $3 }' <<<"$output" | LC_ALL=C sort | tr '\n' ' ')"
	works 'netstat -an | grep -c :3306'
	equal 1 "$out"
}
