#!/usr/bin/env bats
# What processes, files, sockets, hosts and users are called must not drive a terminal nor forge a row, in
# any applet that prints it; and finding a thing by its real name must still work.

# shellcheck disable=SC2016,SC2086,SC2164  # for the inner shell; options; bash -e

load helpers

setup_file() {
	need_root
	# Where the tests run at a low priority, ps would show an N beside each state.
	renice -n 0 -p $$ >/dev/null 2>&1 || :
	[ -x "$NATIVE/bin/busybox" ] || fail "no $NATIVE: run make"
	build hostile pty dns
	export PATH=$PATH:$NATIVE/bin
}

# alone FUNCTION: runs it in pid, network and mount namespaces of its own, in $W, a directory that goes.
# There process 1 is a bash, and the whole table of processes is what the test starts.
alone() {
	export W=$BATS_TEST_TMPDIR
	declare -p NAMES SHOWN >"$W/.names"
	declare -f >"$W/.functions"
	unshare --pid --fork --kill-child --mount-proc --net --uts --propagation private \
		bash -euc 'cd "$W"; . ./.functions; . ./.names; BB=$NATIVE/bin; ip link set lo up; "$@"' - "$1"
}

# start ARGV0 OPTION...: starts hostile and waits until it is ready; its id to $pid, its port to $port.
start() {
	local argv0=$1 fd
	shift
	exec {fd}< <(exec -a "$argv0" "$PROGS/hostile" "$@")
	pid=$!
	read -r _ port <&"$fd"
	exec {fd}<&-
	pids+=("$pid")
}

# One process for each of the names, by comm, by argv[0] and as an argument.
crowd() {
	local n
	pids=()
	for n in "${NAMES[@]}"; do start "$n" -c "$n" -- "$n"; done
}

# --- processes -----------------------------------------------------------------------------------

ps_forms() {
	crowd
	for form in "" -l aux "-o pid,comm" "-o comm" "-o args" "-o user,pid,ppid,stat,vsz,rss,tty,time,comm,args" "-T" "-ef"; do
		# a header, bash, ps
		"$BB/ps" $form >ps.out
		is_safe ps.out
		rows $((${#NAMES[@]} + 3)) ps.out
	done
	for i in "${!NAMES[@]}"; do
		is "$(printf '%7d %s' "${pids[i]}" "${SHOWN[i]}")" "$("$BB/ps" -o pid:7,comm | grep "^ *${pids[i]} ")"
	done
}
@test "ps: every form shows a row for each process and no control character" { alone ps_forms; }

# The layouts that people know by heart: the header is procps', and the columns below it are where it says.
ps_columns() {
	start me -c me
	# Where ids may have more than five digits, their columns are wider.
	is 'F S UID PID PPID C PRI NI ADDR SZ WCHAN TTY TIME CMD' "$("$BB/ps" -l | head -n 1 | tr -s ' ')"
	is 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND' "$("$BB/ps" aux | head -n 1 | tr -s ' ')"
	is 'UID PID PPID C STIME TTY TIME CMD' "$("$BB/ps" -ef | head -n 1 | tr -s ' ')"
	is "root $pid S" "$("$BB/ps" aux | awk -v p="$pid" '$2 == p { print $1, $2, substr($8, 1, 1) }')"
	is "$pid 1 me" "$("$BB/ps" -ef | awk -v p="$pid" '$2 == p { print $2, $3, $8 }')"
	is "S 0 $pid 1 me" "$("$BB/ps" -l | awk -v p="$pid" '$4 == p { print $2, $3, $4, $5, $NF }')"
	for name in '%cpu' '%mem' command ucmd ni state tt vsize rssize thcount euser pgrp sess cputime tgid psr wchan lstart etimes; do
		"$BB/ps" -p "$pid" -o "$name" >ps.out
		rows 2 ps.out
	done
	is "$(sed 's/.*) //' "/proc/$pid/stat" | awk -v kb="$(($(getconf PAGESIZE) / 1024))" '{ print $22 * kb, $21 / 1024 }')" \
		"$("$BB/ps" -p "$pid" -o rss=,vsz= | awk '{ print $1, $2 }')"
	is "$pid" "$("$BB/ps" -o pid= -p "$pid" | tr -d ' ')"
	is "PID WHAT" "$("$BB/ps" -p "$pid" -o pid:3,comm=WHAT | head -n 1)"
	run ! "$BB/ps" -o nothing
	[[ $output == "ps: no column 'nothing', see ps --help" ]]
}
@test "ps -l, aux and -f: the columns of procps" { alone ps_columns; }

ps_select() {
	start me -c me; one=$pid
	start you -c you; two=$pid
	# The only ones that are not root's, one of them but for its real user
	setpriv --euid 4242 "$PROGS/hostile" -c other >ready 3>&- &
	three=$!
	until [ -s ready ]; do sleep 0.01; done
	pids_of() { "$BB/ps" -o pid= "$@" | tr -d ' ' | tr '\n' ' '; }
	is "$one " "$(pids_of -p "$one")"
	is "$one $two " "$(pids_of -p "$one,$two")"
	is "$one $two " "$(pids_of "$one" "$two")"
	is "$one $two " "$(pids_of -p "$one" --pid "$two")"
	is "$two " "$(pids_of -C you,nobody)"
	is "$three " "$(pids_of -u 4242)"
	is '' "$(pids_of -U 4242)"
	is "$one $two $three " "$(pids_of -C me,you,other --sort pid)"
	is "$three $two $one " "$(pids_of -C me,you,other --sort=-pid)"
	is "$three $one $two " "$(pids_of -C me,you,other --sort=-uid,comm)"
	is 3 "$(pids_of --ppid 1 | tr ' ' '\n' | grep -c -e "^$one\$" -e "^$two\$" -e "^$three\$")"
	is 'me you' "$("$BB/ps" axo pid,comm --no-headers | awk '$2 == "me" || $2 == "you" { printf "%s%s", sep, $2; sep = " " }')"
	is " \_ me" "$("$BB/ps" --forest -p 1,"$one" -o comm= | tail -n 1)"
	# Who is not there is status 1, with the header; what is no number, a sentence.
	rc=0; "$BB/ps" -p 4000000 >ps.out || rc=$?
	is 1 "$rc"
	rows 1 ps.out
	run ! "$BB/ps" -p x1
	[[ $output == "ps: invalid number 'x1'" ]]
	run ! "$BB/ps" -u nobody-of-this-name
	[[ $output == *'unknown user nobody-of-this-name' ]]
}
@test "ps: -p, -C, -u, -U, --ppid, --sort, --forest, and words without a dash" { alone ps_select; }

ps_threads() {
	python3 -c 'import threading, time; [threading.Thread(target=time.sleep, args=(1000,)).start() for _ in range(3)]; print(flush=True)' >ready 3>&- &
	until [ -s ready ]; do sleep 0.01; done
	is 4 "$("$BB/ps" -L -p $! -o pid=,lwp=,nlwp= | awk -v p=$! '$1 == p && $3 == 4' | wc -l)"
	is 4 "$("$BB/ps" -eLf | awk -v p=$! '$2 == p { print $4 }' | sort -u | wc -l)"
}
@test "ps -L: the threads of a process" {
	command -v python3 >/dev/null || skip "needs python3"
	alone ps_threads
}

ps_long_args() {
	start "$(printf 'x%.0s' {1..5000})$(printf '\303\274%.0s' {1..3000})" -c $'\xc3\xbc\n'
	"$BB/ps" -o pid,args >ps.out
	is_safe ps.out
	rows 4 ps.out
	# 80 columns cut a letter of two bytes in half
	printf 'expect COMMAND\n' | "$PROGS/pty" "$BB/ps" >tty.out
	tr -d '\r' <tty.out >tty.text
	is_safe tty.text
	grep -q ' {ü?} xxxxx' tty.text
	is '' "$(tail -n +2 tty.text | grep -v '^ *[0-9]* root ')"
}
@test "ps: arguments that are cut leave no half of a letter" { alone ps_long_args; }

top_rows() {
	crowd
	for form in "" -m; do
		"$BB/top" -b -n1 $form | grep . >top.out
		is_safe top.out
		# three lines of totals, the header, processes, bash, grep, top
		rows $((${#NAMES[@]} + 7)) top.out
	done
}
@test "top: batch mode and memory mode" { alone top_rows; }

pgrep_rows() {
	crowd
	for how in -l -a -la; do
		"$BB/pgrep" "$how" . >pgrep.out
		is_safe pgrep.out
		rows $((${#NAMES[@]} + 1)) pgrep.out
	done
	is "${pids[0]} a?b" "$("$BB/pgrep" -lx $'a\nb')"
}
@test "pgrep -l and -a" { alone pgrep_rows; }

by_real_name() {
	crowd
	for i in "${!NAMES[@]}"; do
		regex=$(printf %s "${NAMES[i]}" | sed 's/[][()$.*^\\"]/\\&/g')
		case ${NAMES[i]} in *$'\n') regex+=$'\n' ;; esac
		is "${pids[i]}" "$("$BB/pgrep" -x "$regex")"
		is "${pids[i]}" "$("$BB/pidof" "${NAMES[i]}")"
	done
	is "${pids[0]}" "$("$BB/pgrep" -f $'a\nb -c')"
	is "e?]0;own? killed (pid ${pids[3]})" "$("$BB/pkill" -ex $'e\e]0;own\a')"
	"$BB/killall" $'a\nb'
	"$BB/killall" $'h\xc2\x9b31m'
	for i in 0 3 6; do wait "${pids[i]}" || [ $? = 143 ]; done
	never "$BB/pidof" $'a\nb'
	never "$BB/killall" $'q\e[2J' 2>killall.err
	is 'killall: q?[2J: no process killed' "$(cat killall.err)"
}
@test "pgrep, pidof, pkill, killall find a process by the real bytes of its name" { alone by_real_name; }

pstree_rows() {
	crowd
	"$BB/pstree" -p >pstree.out
	is_safe pstree.out
	rows $((${#NAMES[@]} + 1)) pstree.out
	for p in "${pids[@]}"; do grep -q "($p)" pstree.out; done
}
@test "pstree" { alone pstree_rows; }

stat_parsed_from_the_last_parenthesis() {
	start x -c 'x) Z 1 1 1 0 ('
	is "$pid 1 S" "$("$BB/ps" -o pid,ppid,stat | awk -v p="$pid" '$1 == p { print $1, $2, $3 }')"
}
@test "a name that looks like the end of its field in /proc/PID/stat does not move the fields" {
	alone stat_parsed_from_the_last_parenthesis
}

open_files() {
	f=$'open\n99\tsh\t0\t\e]0;own\a\x9b'
	start me -o "$f" -m $'map\e[2Jped'
	"$BB/lsof" >lsof.out
	is_safe lsof.out tabs
	# bash, hostile; lsof leaves itself out
	find /proc/1/fd "/proc/$pid/fd" -type l >fds
	rows "$(wc -l <fds)" lsof.out
	fd=$(find "/proc/$pid/fd" -lname '*open*')
	grep -qF "$pid	$PROGS/hostile	${fd##*/}	$W/open?99?sh?0??]0;own??" lsof.out
	"$BB/pmap" "$pid" >pmap.out
	is_safe pmap.out
	# that is ours, and not BusyBox's any more
	grep -qF 'map\033[2Jped' pmap.out
	is "$pid " "$("$BB/fuser" "$f")"
	mkdir $'d\n\e[2J'
	cd $'d\n\e[2J'
	start me
	is "$pid: $W/d??[2J" "$("$BB/pwdx" "$pid")"
}
@test "lsof, fuser, pmap, pwdx: names of files" { alone open_files; }

# --- sockets -------------------------------------------------------------------------------------

netstat_program() {
	start $'prog\n\e]0;own\a\x9b' -t
	"$OUT/busybox" netstat -tlnp >netstat.out
	is_safe netstat.out
	rows 3 netstat.out
	grep -q "127.0.0.1:$port .*LISTEN  *$pid/prog??\]0;own??\$" netstat.out
}
@test "CVE-2024-58251: netstat -p printed argv[0] raw" { alone netstat_program; }

netstat_unix() {
	fake='0000000000000000: 00000002 00000000 00010000 0001 01'
	start x -u x.sock
	real=$(awk 'NR == 2 { print $7 }' /proc/net/unix)
	start a -u $'s\n'"$fake $real forged"
	start b -a $'%t\n'"$fake 99 forged2"
	start c -u $'\e]0;own\a\x9b\xe2\x80\xae' -a $'\e[2J%x'
	"$OUT/busybox" netstat -xlp >netstat.out
	is_safe netstat.out
	# two lines of header, five sockets
	rows 7 netstat.out
	[ "$(grep -c ' forged' netstat.out)" = 2 ]
	grep -q " $pid/c  *?\]0;own???\$" netstat.out
	grep -q " $pid/c  *@?\[2J@x\$" netstat.out
	grep -q " $real .*/x  *x.sock\$" netstat.out
	grep -q " ${pids[1]}/a  *s?0000000000000000: .* $real forged\$" netstat.out
}
@test "netstat -x: a newline in the name of a socket forged a row" { alone netstat_unix; }

# --- hosts ---------------------------------------------------------------------------------------

dns() {
	printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >resolv.conf
	printf '127.0.0.1 localhost\n' >hosts
	mount --bind resolv.conf /etc/resolv.conf
	mount --bind hosts /etc/hosts
	exec {dnsfd}< <(exec "$PROGS/dns" $'evil\n\e]0;own\a\x9b\xc2\x9b')
	read -r _ <&"$dnsfd"
	for q in "127.0.0.9" "-type=mx x.test" "-type=ns x.test" "-type=cname x.test" "-type=txt x.test"; do
		"$BB/nslookup" $q 127.0.0.1 >dns.out || :
		is_safe dns.out tabs
		grep -qF 'evil??]0;own???' dns.out
	done
	"$BB/nslookup" -type=txt x.test 127.0.0.1 >dns.out
	is 'x.test	text = "hi"' "$(grep hi dns.out)"
	start x -t
	"$BB/nc" -lv -p 4711 </dev/null >/dev/null 2>nc.err &
	until "$OUT/busybox" netstat -tln | grep -q 4711; do sleep 0.1; done
	"$BB/nc" -s 127.0.0.9 127.0.0.1 4711 </dev/null
	wait $!
	is_safe nc.err
	grep -qF 'evil??]0;own???' nc.err
	"$BB/traceroute" -m1 -q1 -w1 127.0.0.9 >trace.out 2>&1
	is_safe trace.out
	grep -qF 'evil??]0;own???' trace.out
	"$BB/ip" addr add 127.0.0.9/32 dev lo
	"$BB/nc" -l -p 4712 -s 127.0.0.9 >/dev/null &
	until "$OUT/busybox" netstat -tln | grep -q 4712; do sleep 0.1; done
	"$OUT/busybox" netstat -tl >netstat.out
	is_safe netstat.out
	rows 4 netstat.out
	grep -qF 'evil??]0;own???:4712' netstat.out
}
@test "CVE-2022-28391: names from a name server reached the terminal raw" { alone dns; }

own_host_name() {
	echo $'ho\e]0;own\ast' >/proc/sys/kernel/hostname
	is 'ho?]0;own?st' "$("$BB/hostname")"
	is 'Linux ho?]0;own?st' "$("$BB/uname" -sn)"
}
@test "hostname and uname" { alone own_host_name; }

interfaces() {
	"$BB/ip" link set lo down
	"$BB/ip" link set lo name $'l\e]0;o\a\x9b'
	"$BB/ip" link set $'l\e]0;o\a\x9b' up
	"$BB/ip" route add 10.1.0.0/16 dev $'l\e]0;o\a\x9b'
	for c in "ip link" "ip addr" "ip route" "ifconfig -a" "route -n"; do
		"$BB/"$c >net.out
		is_safe net.out
		grep -qF 'l?]0;o??' net.out
	done
}
@test "ip, ifconfig, route: names of interfaces" { alone interfaces; }

# --- files and users -----------------------------------------------------------------------------

files() {
	mkdir -p f/sub
	for n in "${NAMES[@]}"; do : >"f/${n//\//_}"; ln -s "$n" "f/sub/${n//\//_}"; done
	"$BB/ls" -l f >ls.out; is_safe ls.out; rows $((${#NAMES[@]} + 2)) ls.out
	"$BB/ls" -1 f >ls.out; is_safe ls.out; rows $((${#NAMES[@]} + 1)) ls.out
	"$BB/ls" -lR f/sub >ls.out; is_safe ls.out; rows $((${#NAMES[@]} + 2)) ls.out
	grep -qF "gr"$'\xc3\xbc\xc3\x9f'"e -> gr"$'\xc3\xbc\xc3\x9f'"e" ls.out
	mv f/sub $'f/s\n\e[2Jub'
	"$BB/ls" -R f >ls.out; is_safe ls.out; rows $((${#NAMES[@]} + 1 + 1 + 1 + 1 + ${#NAMES[@]})) ls.out
	"$BB/tree" f >tree.out; is_safe tree.out; rows $((2 * ${#NAMES[@]} + 4)) tree.out
	"$BB/stat" f/* >stat.out; is_safe stat.out tabs
	"$BB/stat" -c '%n %N %U' f/* >stat.out; is_safe stat.out; rows $((${#NAMES[@]} + 1)) stat.out
	(cd f; "$BB/cat" $'no\nsuch\e[2Jfile') 2>cat.err || :
	is "cat: can't open 'no?such?[2Jfile': No such file or directory" "$(cat cat.err)"
	"$BB/sh" -c $'"no\nsuch\e[2Jcommand"' 2>sh.err || :
	is_safe sh.err; rows 1 sh.err
	cd f
	"$BB/rm" -i -- * </dev/null >../rm.out 2>&1 || :
	is_safe ../rm.out
	"$BB/mv" -v "${NAMES[0]}" $'\e' >../mv.out; is_safe ../mv.out; rows 1 ../mv.out
	is "'a?b' -> '?'" "$(cat ../mv.out)"
}
@test "ls, tree, stat, rm -i, mv -v and error messages: names of files" { alone files; }

find_raw_for_programs() {
	mkdir f
	for n in "${NAMES[@]}"; do : >"f/$n"; done
	"$BB/find" f -type f -print0 | sort -z >found
	printf 'f/%s\0' "${NAMES[@]}" | sort -z | cmp - found
	is "f/$(printf 'a\nb')" "$("$BB/find" f -name 'a?b')"
	is "$(printf '4\tf/a\nb')" "$(echo x >$'f/a\nb'; "$BB/du" -k $'f/a\nb')"
	for c in "find f -type f" "du -a f"; do
		echo 'expect f' | "$PROGS/pty" "$BB/"$c | tr -d '\r' >tty.out
		is_safe tty.out tabs
		rows "$((${#NAMES[@]} + $([ "${c%% *}" = find ] && echo 0 || echo 1)))" tty.out
	done
	cd f
	echo 'expect a?b' | "$PROGS/pty" "$BB/grep" -l x $'a\nb' | tr -d '\r' >../tty.out
	is_safe ../tty.out; rows 1 ../tty.out
}
@test "find, du, grep: real bytes for programs, safe ones for people" { alone find_raw_for_programs; }

mounts() {
	mkdir $'m\n\e[2J'
	mount -t tmpfs $'dev\e]0;own\a' $'m\n\e[2J'
	"$BB/mount" >mount.out; is_safe mount.out; rows "$(wc -l </proc/mounts)" mount.out
	grep -qF "dev?]0;own? on $W/m??[2J type tmpfs" mount.out
	"$BB/df" $'m\n\e[2J' >df.out; is_safe df.out; rows 2 df.out
}
@test "mount and df" { alone mounts; }

users() {
	printf 'root:x:0:0::/:/bin/sh\nev\033]0;il\a\233:x:4711:4711::/:/bin/sh\n' >passwd
	printf 'root:x:0:\ngr\033[2J:x:4711:\n' >group
	mount --bind passwd /etc/passwd
	mount --bind group /etc/group
	: >file
	"$BB/chown" 4711:4711 file
	"$BB/ls" -l file >ls.out; is_safe ls.out; grep -qF 'ev?]0;il??' ls.out; grep -qF 'gr?[2J' ls.out
	is 'ev?]0;il?? gr?[2J' "$("$BB/stat" -c '%U %G' file)"
	"$BB/stat" file >stat.out; is_safe stat.out tabs
	is 'uid=4711(ev?]0;il??) gid=4711(gr?[2J)' "$(setpriv --reuid 4711 --regid 4711 --clear-groups "$BB/id")"
	is 'ev?]0;il??' "$(setpriv --reuid 4711 "$BB/whoami")"
	exec {fd}< <(exec setpriv --reuid 4711 "$BB/sleep" 99)
	for c in "ps" "ps -o user,pid" "top -b -n1"; do
		until "$BB/"$c >ps.out; grep -q 'ev?' ps.out; do sleep 0.1; done
		is_safe ps.out
	done
}
@test "names in /etc/passwd and /etc/group are the image's" { alone users; }

kernel_log() {
	printf 'native-test \033]0;own\a \233 %s\n' $$ >/dev/kmsg
	"$BB/dmesg" >dmesg.out
	grep -a 'native-test' dmesg.out | tail -n 1 >line.out
	is_safe line.out
}
@test "dmesg" {
	[ -w /dev/kmsg ] || skip "needs a writable /dev/kmsg"
	alone kernel_log
}
