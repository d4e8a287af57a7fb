#!/usr/bin/env bats
# bats file_tags=check
# The command line. options.wrong holds wrong ones with what strace 6.1 says of each and its exit status: `$ ARGS`, the
# words, `= STATUS`. What right ones change is shown on a program that always does the same.

# shellcheck disable=SC2154,SC2015,SC2016,SC2012,SC2030,SC2031  # bats sets stderr; each test is a subshell
bats_require_minimum_version 1.5.0

setup() {
	LITE=$(realpath "${STRACE:-${OUT:-out}/toolbox/strace}")
	ACT=$(realpath "${OUT:-out}/test/progs/act")
	WRONG=$BATS_TEST_DIRNAME/options.wrong
	cd "$BATS_TEST_TMPDIR" || return 1
}

# answers STRACE: what it says to all of options.wrong.
answers() {
	local args rc
	mkdir bin
	ln -s "$1" bin/strace
	sed -n 's/^\$ //p' "$WRONG" | while IFS= read -r args; do
		printf '$ %s\n' "$args"
		rc=0
		# The lines are ours, and quoted where the shell would see something in them.
		(set +H; PATH=$PWD/bin:$PATH; eval "timeout 10 strace $args") </dev/null 2>said || rc=$?
		cat said
		printf '= %s\n' "$rc"
	done
}

need_strace_6_1() {
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
}

@test "wrong options are answered as strace answers them" {
	answers "$LITE" >got
	[ "$(grep -c '^\$' "$WRONG")" -gt 150 ]
	diff -u "$WRONG" got
}

@test "strace 6.1 does answer so" {
	need_strace_6_1
	answers "$(command -v strace)" >got
	diff -u "$WRONG" got
}

@test "-h fits on a screen, names every short option, and is no error" {
	run -0 "$LITE" -h
	[ "${#lines[@]}" -le 24 ]
	awk 'length > 80 { exit 1 }' <<<"$output"
	for o in A a b C c D d E e f I i k n O o P p q r S s T t U u V v w X x Y y Z z; do
		grep -Eq -- "(^|[^-[:alnum:]])-$o" <<<"$output" || { echo "no -$o"; return 1; }
	done
}

# shows WANT OPTION... -- ARG...: the trace of ACT ARG is WANT.
shows() {
	local want=$1 options=()
	shift
	while [ "$1" != -- ]; do options+=("$1"); shift; done
	shift
	rm -f trace
	"$LITE" -o trace "${options[@]}" "$ACT" "$@" >said 2>errors || true
	diff <([ -z "$want" ] || printf '%s\n' "$want") trace && [ ! -s errors ] || { cat errors; return 1; }
}
exited='+++ exited with 0 +++'

@test "what is traced: names, classes, expressions, numbers, negation, status" {
	refused='getpriority(0x63 /* PRIO_??? */, 0)     = -1 EXDEV (Invalid cross-device link)'
	wrote='write(1, "refused\n", 8)                = 8'
	gone='exit_group(0)                           = ?'
	shows "$refused"$'\n'"$exited" -e trace=getpriority -- refused
	shows "$refused"$'\n'"$exited" -e getpriority -- refused
	shows "$refused"$'\n'"$exited" --trace=/^getprio -- refused
	shows "$refused"$'\n'"$exited" -e trace=140@64 -- refused
	shows "$refused"$'\n'"$exited" -e trace='?nosuch,getpriority' -- refused
	shows "$wrote"$'\n'"$exited" -e trace=%desc -- refused
	shows "$wrote"$'\n'"$gone"$'\n'"$exited" -e trace='!%file,getpriority,prctl,seccomp,arch_prctl,set_tid_address' -- refused
	shows "$exited" -e trace=none -- refused
	shows "$refused"$'\n'"$exited" -Z -- refused
	shows "$refused"$'\n'"$exited" -e status=failed -- refused
	shows "$gone"$'\n'"$exited" -e status=unfinished -- refused
	shows "$wrote"$'\n'"$exited" -z -e trace=write,getpriority -- refused
	shows '' -qq -e trace=none -- refused
	shows '' -e quiet=exit -e trace=none -- refused
}

@test "how a line looks: column, number, strings, constants, raw" {
	shows 'write(1, "refused\n", 8) = 8'$'\n'"$exited" -a 0 -e trace=write -- refused
	shows 'write(1, "refused\n", 8)      = 8'$'\n'"$exited" --columns=30 -e trace=write -- refused
	shows '[   1] write(1, "refused\n", 8)         = 8'$'\n'"[ 231] $exited" -n -e trace=write -- refused
	shows 'write(1, "ref"..., 8)                   = 8'$'\n'"$exited" -s 3 -e trace=write -- refused
	shows 'write(1, "\x72\x65\x66\x75\x73\x65\x64\x0a", 8) = 8'$'\n'"$exited" -xx -e trace=write -- refused
	shows 'getpriority(0x63, 0)                    = -1 EXDEV (Invalid cross-device link)'$'\n'"$exited" -X raw -e trace=getpriority -- refused
	shows 'exit_group(0)                           = ?'$'\n'"$exited" -e raw=exit_group -e trace=exit_group -- refused
	shows 'write(1, "refused\n", 8)                = 8
 | 00000  72 65 66 75 73 65 64 0a                           refused.         |'$'\n'"$exited" -e write=1 -e trace=write -- refused
	shows "write(1<$PWD/said>, \"refused\\n\", 8) = 8"$'\n'"$exited" -y -e trace=write -- refused
	shows "write(1<$PWD/said>, \"refused\\n\", 8) = 8"$'\n'"$exited" -P "$PWD/said" -y -- refused
}

# like PATTERN OPTION...: each line of the trace of ACT refused matches (extended regular expression, whole).
like() {
	local pattern=$1
	shift
	rm -f trace
	"$LITE" -o trace -e trace=write "$@" "$ACT" refused >/dev/null
	[ "$(wc -l <trace)" = 2 ]
	! grep -Evx -- "$pattern(write\(1, \"refused\\\\n\", 8\) += 8( <[0-9.]+>)?|\+\+\+ exited with 0 \+\+\+)" trace
}

@test "times: -t -tt -ttt -r -T and their long forms" {
	day='[0-2][0-9]:[0-5][0-9]:[0-6][0-9]'
	like "$day " -t
	like "$day\.[0-9]{6} " -tt
	like '[0-9]{10}\.[0-9]{6} ' -ttt
	like '[0-9]{10} ' --absolute-timestamps=unix
	like '[0-9]{10}\.[0-9]{9} ' --timestamps=format:unix,precision:ns
	like ' +[0-9]+\.[0-9]{6} ' -r
	like ' +[0-9]+\.[0-9]{3} ' --relative-timestamps=ms
	like "$day \(\+ +[0-9]+\.[0-9]{6}\) " -t -r
	like '' -T
	grep -Eq '<[0-9]+\.[0-9]{6}>$' trace
	like '' --syscall-times=ns
	grep -Eq '<[0-9]+\.[0-9]{9}>$' trace
	like '\[[0-9a-f?]{16}\] ' -i
}

@test "counting: -c -C -w -S -U" {
	"$LITE" -c -o table -e trace=getpriority,write "$ACT" refused >/dev/null
	[ "$(head -n 1 table)" = '% time     seconds  usecs/call     calls    errors syscall' ]
	grep -Eq '^ *[0-9.]+ +[0-9.]+ +[0-9]+ +1 +1 getpriority$' table
	grep -Eq '^100\.00 +[0-9.]+ +[0-9]+ +2 +1 total$' table
	"$LITE" -c -U name,calls,errors -S name -o table -e trace=getpriority,write "$ACT" refused >/dev/null
	sed 's/ *$//' table | diff - <(cat <<-'T'
	syscall              calls    errors
	---------------- --------- ---------
	getpriority              1         1
	write                    1
	---------------- --------- ---------
	total                    2         1
	T
	)
	"$LITE" -C -w -o table -e trace=write "$ACT" refused >/dev/null
	grep -q '^write(1, "refused' table
	grep -q ' total$' table
}

@test "tampering: error, retval, signal, delay, when" {
	mark='getpriority(0x63 /* PRIO_??? */, 0)     ='
	invalid='-1 EINVAL (Invalid argument)'
	shows "$mark -1 EPERM (Operation not permitted) (INJECTED)"$'\n'"$exited" \
		-e trace=getpriority -e fault=getpriority:error=EPERM -- marks 1
	shows "$mark $invalid"$'\n'"$mark 5 (INJECTED)"$'\n'"$mark $invalid"$'\n'"$exited" \
		-e trace=getpriority -e inject=getpriority:retval=5:when=2 -- marks 3
	shows "$mark $invalid"$'\n'"$mark -1 ENOSYS (Function not implemented) (INJECTED)"$'\n'"$mark $invalid"$'\n'"$mark -1 ENOSYS (Function not implemented) (INJECTED)"$'\n'"$exited" \
		-e trace=getpriority -e fault=getpriority:when=2+2 -- marks 4
	winch='--- SIGWINCH {si_signo=SIGWINCH, si_code=SI_KERNEL} ---'
	shows "$mark $invalid"$'\n'"$winch"$'\n'"$exited" -e trace=getpriority -e inject=getpriority:signal=WINCH -- marks 1
	shows "$mark $invalid (DELAYED)"$'\n'"$exited" -e trace=getpriority -e inject=getpriority:delay_exit=1ms -- marks 1
	shows "$mark -1 EIO (Input/output error) (INJECTED) (DELAYED)"$'\n'"$exited" \
		-e trace=getpriority -e inject=getpriority:error=EIO:delay_enter=1ms -- marks 1
	SECONDS=0
	"$LITE" -o trace -e inject=getpriority:delay_enter=600ms:when=1..2 "$ACT" marks 5
	[ "$SECONDS" -ge 1 ]
}

@test "tampering: memory before and behind a call, no delay, and not the execve that starts the program" {
	shows 'write(1, "ABfused\n", 8)                = 8 (INJECTED: args)'$'\n'"$exited" \
		-e trace=write -e inject=write:poke_enter=@arg2=4142 -- refused
	[ "$(cat said)" = ABfused ]
	echo abcdefg >in
	"$LITE" -o trace -P "$PWD/in" -e trace=read -e inject=read:retval=3:poke_exit=@arg2=7a7A7a dd if=in bs=4 count=1 status=none >out
	[ "$(cat out)" = zzz ]
	grep -qx 'read(0, "zzz", 4) *= 3 (INJECTED: args, retval)' trace
	# Where nothing is mapped nothing is changed, and that is said; so are arguments that the call has not got.
	"$LITE" -o trace -e trace=getpriority -e inject=getpriority:poke_enter=@arg1=00,@arg5=00 "$ACT" marks 1 2>errors
	grep -Eq '^strace: Process [0-9]+: getpriority: cannot write to argument 1, 0x63: Bad address$' errors
	grep -Eq '^strace: Process [0-9]+: argument 5 cannot be changed, getpriority has 2$' errors
	run -1 grep INJECTED trace
	shows "getpriority(0x63 /* PRIO_??? */, 0)     = -1 EINVAL (Invalid argument) (DELAYED)"$'\n'"$exited" \
		-e trace=getpriority -e inject=getpriority:delay_enter=0 -- marks 1
	"$LITE" -o trace -e trace=execve -e inject=execve:error=EIO:delay_exit=1 "$ACT" exit 0
	grep -Eq '^execve\(.* = 0$' trace
}

@test "the last of -v and -e abbrev counts; -e verbose has a say in rt_sigreturn" {
	"$LITE" -o trace -e trace=execve -e abbrev=all -v -E ONLY=this "$ACT" exit 0
	grep -q '"ONLY=this"' trace
	"$LITE" -o trace -e trace=execve -v -e abbrev=all "$ACT" exit 0
	grep -q ' vars \*/) *= 0$' trace
	"$LITE" -o trace -e trace=rt_sigreturn -e verbose=none sh -c 'trap : WINCH; kill -WINCH $$'
	grep -Eq '^rt_sigreturn\(\{mask=0x[0-9a-f]+\}\) += ' trace
}

@test "--decode-fds of some kinds leaves the others bare; -x and -xx hold for paths" {
	mkdir 'é<' && cd 'é<'
	# shellcheck disable=SC2094  # nothing is read
	sh_calls() { "$LITE" -o ../trace -e trace=openat,pipe2,dup2,fcntl "$@" sh -c 'true | true; : </dev/null; : >plain'; }
	sh_calls --decode-fds=dev
	grep -Eq '"/dev/null", O_RDONLY\) += [0-9]+</dev/null<char 1:3>>$' ../trace
	grep -Eq '^openat\(AT_FDCWD, "plain", .* = [0-9]+$' ../trace
	grep -Eq '^pipe2\(\[[0-9]+, [0-9]+\], ' ../trace
	sh_calls --decode-fds=socket,pidfd
	run -1 grep '[<>]' ../trace
	sh_calls -y -e trace=openat
	grep -qF '/\303\251\74>, "plain"' ../trace
	for x in -x -xx; do
		sh_calls -y "$x" -e trace=openat
		grep -Eq '^openat\(AT_FDCWD<(\\x[0-9a-f]{2})+\\x2f\\xc3\\xa9\\x3c>, ' ../trace
	done
}

@test "output: -o, -A, a command, -ff, with -D" {
	shows 'exit_group(3)                           = ?'$'\n''+++ exited with 3 +++' -e trace=exit_group -- exit 3
	"$LITE" -o trace -A -e trace=exit_group "$ACT" exit 4 || [ $? = 4 ]
	[ "$(grep -c exited trace)" = 2 ]
	"$LITE" -o '|sort -r >sorted' -e trace=exit_group "$ACT" exit 0
	[ "$(tail -n 1 sorted)" = "$exited" ]
	"$LITE" -ff -o each "$ACT" vfork || [ $? = 4 ]
	[ "$(ls each.* | wc -l)" = 2 ]
	[ "$(cat each.* | grep -c '^+++ exited with 4 +++')" = 2 ]
	never_pid() { ! grep -Eq '^[0-9]+ |\[pid' each.*; }
	never_pid
	for d in -D -DD -DDD --daemonize=session; do
		rm -f trace
		rc=0
		"$LITE" "$d" -o trace -e trace=exit_group "$ACT" exit 6 || rc=$?
		[ "$rc" = 6 ]
		for _ in $(seq 100); do grep -q exited trace && break; sleep 0.05; done
		grep -q '^+++ exited with 6 +++$' trace
	done
}

@test "-E, -b execve, -u" {
	"$LITE" -o /dev/null -E SHOWN=yes -E HOME /bin/sh -c 'echo "$SHOWN ${HOME-none}"' >said
	[ "$(cat said)" = 'yes none' ]
	"$LITE" -f -b execve -o trace -e trace=execve,exit_group "$ACT" vfork || [ $? = 4 ]
	grep -q '<detached \.\.\.>$' trace
	[ "$(grep -c exit_group trace)" = 1 ]
	if [ "$(id -u)" = 0 ]; then
		chmod 755 . && [ "$("$LITE" -o /dev/null -u nobody /usr/bin/id -un)" = nobody ]
	fi
}
