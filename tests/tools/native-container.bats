# native doctor in differently confined containers: what it says of a tool is compared with what then happens when the
# tool is run there. And man and native where there is nothing else.

setup() {
	load ../lib
	native_setup
	PTRACE_DENIED=$BATS_TEST_TMPDIR/seccomp.json
}
teardown() { native_teardown; }

# What happens, a line a tool: "tool yes" or "tool no"; tool.part is what is left where the tool does not do all.
# Runs inside, by /native/bin/sh, where nothing may be written and nothing else is there.
HAPPENS='
try() { n=$1; shift; if timeout 5 "$@" >/dev/null 2>&1 </dev/null; then echo "$n yes"; else echo "$n no"; fi; }
says() { n=$1 want=$2; shift 2; case $(timeout -s INT 1 "$@" 2>&1 </dev/null) in *"$want"*) echo "$n yes";; *) echo "$n no";; esac; }
bin=/native/bin
$bin/ip link set lo up 2>/dev/null
says strace "rocess 1 attached" $bin/strace -p 1
try strace.part $bin/strace -o /dev/null $bin/true
try pstack $bin/pstack 1
says pwdx "1: /" $bin/pwdx 1
says pwdx.part "$$: /" $bin/pwdx $$
says tcpdump "listening on" $bin/tcpdump -i lo
says arping "lo" $bin/arping -c 1 -w 1 -I lo 127.0.0.1
try ping $bin/ping -c 1 -W 2 127.0.0.1
try traceroute $bin/traceroute -m 1 -q 1 -w 1 127.0.0.1
try ip $bin/ip addr add 127.0.0.7/32 dev lo
try ip.part $bin/ip addr
try dmesg $bin/dmesg
try sysctl $bin/sysctl -w "kernel.hostname=$($bin/hostname)"
try sysctl.part $bin/sysctl kernel.hostname
try unshare $bin/unshare -m $bin/true
try unshare.part $bin/unshare -U $bin/true
try chroot $bin/chroot / $bin/true
try nice $bin/nice -n -1 $bin/true
try nice.part $bin/nice -n 1 $bin/true
try kill $bin/kill -0 1
try kill.part $bin/kill -0 $$
try ulimit $bin/ulimit -S -n 1000 --pid 1
try ulimit.part $bin/ulimit -n --pid 1
says ps /one $bin/ps
for t in free uptime vmstat iostat; do try $t $bin/$t; done
try netstat $bin/netstat -an
says netstat.part "Active UNIX" $bin/netstat -an
for t in native man ls awk; do case $t in man) set -- man;; awk) set -- 1;; *) set --;; esac; try $t $bin/$t "$@"; done
[ ! -e /proc/self ] || try dtrace /tmp/rawcount
try dtrace.part $bin/dtrace -qn "BEGIN { exit(0); }"
try mount $bin/mount -t tmpfs tmpfs /tmp
'

# agrees NAME COMMAND...: runs doctor and the tools by COMMAND..., which ends with a shell and -c.
agrees() {
	local name=$1 tool verdict word bad=0
	shift
	"$@" '/native/bin/native doctor --json' >"$BATS_TEST_TMPDIR/$name.json" || complain "doctor fails in $name" || return 1
	"$@" "$HAPPENS" >"$BATS_TEST_TMPDIR/$name.real" 2>&1
	jq -r '.[] | "\(.tool) \(.here)"' "$BATS_TEST_TMPDIR/$name.json" | sort >"$BATS_TEST_TMPDIR/$name.said" ||
		complain "doctor --json is not JSON in $name" || return 1
	[ "$(grep -c . "$BATS_TEST_TMPDIR/$name.real")" -ge 25 ] || complain "$name: $(cat "$BATS_TEST_TMPDIR/$name.real")" || return 1
	while read -r tool verdict; do
		[[ $tool != *.part ]] || continue
		if [ "$verdict" = no ] && grep -qx "$tool.part yes" "$BATS_TEST_TMPDIR/$name.real"; then verdict=partly; fi
		word=$(sed -n "s/^$tool //p" "$BATS_TEST_TMPDIR/$name.said")
		[ "$word" = "$verdict" ] || { bad=1; complain "$name: doctor says of $tool: $word; what happens: $verdict" \
			"$(jq -c ".[] | select(.tool == \"$tool\")" "$BATS_TEST_TMPDIR/$name.json")" || :; }
	done <"$BATS_TEST_TMPDIR/$name.real"
	[ "$bad" = 0 ] || return 1
	# whatever does not work has its reason
	equal '' "$(jq -r '.[] | select(.here != "yes" and .why == null) | .tool' "$BATS_TEST_TMPDIR/$name.json")" || return 1
}

# verdict NAME TOOL FIELD: of the last agrees
verdict() { jq -r ".[] | select(.tool == \"$2\") | .$3" "$BATS_TEST_TMPDIR/$1.json"; }

# prepared NAME: puts the tools into a container, and a program that loads BPF.
prepared() {
	inject_ok "$1"
	docker exec -i -u 0 "$1" /native/bin/sh -c 'cat >/tmp/rawcount && chmod 755 /tmp/rawcount' <"$OUT/test/rawcount"
}

@test "native doctor: a default container, as root and as user 65532" {
	IMAGE=native-test/bb start web
	prepared web
	agrees root docker exec web /native/bin/sh -c
	agrees user docker exec -u 65532 web /native/bin/sh -c
	equal yes "$(verdict root tcpdump here)"
	equal no "$(verdict user tcpdump here)"
	# what root of the container can do, it is told to do as root; the id is the container's own
	equal "docker exec -u 0 $(id_of web | cut -c1-12) /native/bin/tcpdump" "$(verdict user tcpdump host)"
	[[ $(verdict user strace why) == *"process 1 is user 0's"*SYS_PTRACE* ]]
	[[ $(verdict root dmesg host) == "inject -p $(id_of web | cut -c1-12) -- /native/bin/dmesg" ]]
	# and it works, when it is done
	docker exec -u 0 web /native/bin/sh -c 'timeout -s INT 1 tcpdump -i lo 2>&1; true' | grep -q 'listening on lo'
}

@test "native doctor: without any capability, and with some more" {
	IMAGE=native-test/bb start bare --cap-drop ALL
	IMAGE=native-test/bb start more --cap-add SYS_PTRACE --cap-add NET_ADMIN --cap-add SYS_NICE --user 65532
	prepared bare
	inject_ok more
	docker exec -i -u 65532 more /native/bin/sh -c 'cat >/tmp/rawcount && chmod 755 /tmp/rawcount' <"$OUT/test/rawcount" || true
	agrees bare docker exec bare /native/bin/sh -c
	agrees more docker exec -u 0 more /native/bin/sh -c
	equal yes "$(verdict more strace here)"
	equal no "$(verdict bare tcpdump here)"
	equal "inject -p $(id_of bare | cut -c1-12) -- /native/bin/tcpdump" "$(verdict bare tcpdump host)"
}

@test "native doctor: read-only, without new privileges, the same user; and SYS_ADMIN without a filter" {
	IMAGE=native-test/bb start ro --read-only --tmpfs /tmp:exec --security-opt no-new-privileges --user 65532
	IMAGE=native-test/bb start admin --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	prepared ro
	prepared admin
	agrees ro docker exec -u 65532 ro /native/bin/sh -c
	agrees admin docker exec admin /native/bin/sh -c
	equal yes "$(verdict ro strace here)"
	equal yes "$(verdict admin mount here)"
	docker exec -u 65532 ro /native/bin/native doctor >"$BATS_TEST_TMPDIR/out"
	grep -Eq '^/ +[a-z0-9]+, read-only$' "$BATS_TEST_TMPDIR/out"
	grep -Eq '^seccomp +filter.*, no_new_privs on$' "$BATS_TEST_TMPDIR/out"
	grep -q "^container  *$(id_of ro)\$" "$BATS_TEST_TMPDIR/out"
	grep -Eq '^ +masked +/proc/' "$BATS_TEST_TMPDIR/out"
	docker exec admin /native/bin/native doctor | grep -Eq '^seccomp +off'
}

@test "native doctor: a seccomp filter of one's own against ptrace and packet sockets" {
	cat >"$PTRACE_DENIED" <<-'JSON'
		{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
		  { "names": [ "ptrace", "process_vm_readv", "bpf" ], "action": "SCMP_ACT_ERRNO" },
		  { "names": [ "socket" ], "action": "SCMP_ACT_ERRNO", "args": [ { "index": 0, "value": 17, "op": "SCMP_CMP_EQ" } ] } ] }
	JSON
	IMAGE=native-test/bb start denied --security-opt "seccomp=$PTRACE_DENIED"
	prepared denied
	agrees denied docker exec denied /native/bin/sh -c
	equal no "$(verdict denied strace here)"
	[[ $(verdict denied strace why) == *seccomp* ]]
	equal no "$(verdict denied tcpdump here)"
	[[ $(verdict denied tcpdump why) == 'packet sockets: NET_RAW is there, but '*seccomp* ]]
}

@test "native doctor: where /proc is not mounted, and in a user namespace of one's own" {
	IMAGE=native-test/bb start admin --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined
	prepared admin
	# shellcheck disable=SC2016
	agrees noproc docker exec admin /native/bin/unshare -m /native/bin/sh -c 'umount -l /proc; eval "$1"' sh
	equal no "$(verdict noproc ps here)"
	equal '/proc is not mounted here' "$(verdict noproc ps why)"
	agrees userns docker exec admin /native/bin/unshare -U -r -n -m /native/bin/sh -c
	equal yes "$(verdict userns tcpdump here)"
	equal no "$(verdict userns dmesg here)"
	docker exec admin /native/bin/unshare -U -r /native/bin/native doctor >"$BATS_TEST_TMPDIR/out"
	grep -q '^user namespace   its own: 0 is 0 outside$' "$BATS_TEST_TMPDIR/out"
	grep -q '^capabilities     all$' "$BATS_TEST_TMPDIR/out"
}

@test "native doctor: limits are the container's" {
	IMAGE=native-test/bb start small --memory 64m --cpus 0.5 --pids-limit 50
	inject_ok small
	docker exec small /native/bin/native doctor >"$BATS_TEST_TMPDIR/out"
	grep -Eq '^memory +[0-9.]+[BKM] used, 64M at most$' "$BATS_TEST_TMPDIR/out"
	grep -Eq '^cpu +0\.50 CPUs at most$' "$BATS_TEST_TMPDIR/out"
	grep -Eq '^processes +[0-9]+, 50 at most$' "$BATS_TEST_TMPDIR/out"
	grep -q '^pid namespace    its own$' "$BATS_TEST_TMPDIR/out"
}

@test "man and native: in the image of one program, as user 65532; on a terminal through less" {
	start web
	inject_ok web
	equal "$(docker exec -u 65532 web /native/bin/man iostat | head -n 1)" \
		'IOSTAT(1)                   General Commands Manual                  IOSTAT(1)'
	docker exec -u 65532 web /native/bin/man 1 dtrace | grep -q '^     dtrace - the D language'
	docker exec web /native/bin/man ls | grep -q '^Usage: ls '
	docker exec web /native/bin/man -k socket | grep -q '^netstat (1) '
	docker exec web /native/bin/native | grep -q '^  iostat '
	# every tool in bin stands in the list once, and every page begins with its name
	docker exec web /native/bin/native | sed -n 's/^  \([^ ]*\) .*/\1/p' | sort >"$BATS_TEST_TMPDIR/listed"
	ls "$OUT/native/bin" | sort | diff - "$BATS_TEST_TMPDIR/listed"
	# a pseudo-terminal: less waits at the end of the screen, q ends it
	timeout 60 "$PROGS/pty" -t q 24 80 docker exec -it -e TERM=xterm web /native/bin/man iostat >"$BATS_TEST_TMPDIR/tty"
	grep -q 'IOSTAT(1)' "$BATS_TEST_TMPDIR/tty"
	never grep -q 'EXIT STATUS' "$BATS_TEST_TMPDIR/tty"
}
