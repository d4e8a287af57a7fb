#!/usr/bin/env bats
# Real programs under strace-lite and strace 6.1 with the same options: what they print of each process must be the same,
# but for what differs from run to run, and what sweep/kept allows. Each process has a file of its own (-ff), so that the order between processes
# does not matter; programs with several threads at work are not here, for theirs does.

setup() {
	[ "$(uname -m)" = x86_64 ] || skip "strace 6.1 here knows x86_64"
	command -v strace >/dev/null || skip "needs strace, which is not installed"
	case $(strace --version | sed -n 1p) in
	*" 6.1") ;;
	*) skip "needs strace 6.1, this is $(strace --version | sed -n 1p)" ;;
	esac
	LITE=${STRACE:-${OUT:-out}/toolbox/strace}
	LITE=$(realpath "$LITE")
	SWEEP=$BATS_TEST_DIRNAME/sweep
	cd "$BATS_TEST_TMPDIR" || return 1
	grep -aoE '[A-Z][A-Z0-9_]+' "$(command -v strace)" >names
}

# needs PROGRAM...
needs() {
	local p
	for p; do command -v "$p" >/dev/null || skip "needs $p, which is not installed"; done
}

# $WITHIN is a command that runs the tracer, too: strace looks up sockets where it is itself.
# under TRACER OPTION... -- COMMAND...: its lines, process by process. Both run in `work`, made anew each time, with the
# same environment and without address randomization; so that addresses are the same but for what the libraries make of
# random bytes of the kernel's.
under() {
	local tracer=$1
	shift
	rm -rf work traces
	mkdir work traces
	(cd work && ${WITHIN:-} env -i PERL_HASH_SEED=0 PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent LC_ALL=C TZ=UTC setarch -R \
		timeout -k 5 60 "$tracer" -a 0 -ff -o ../traces/t "$@" </dev/null >/dev/null 2>/dev/null) || true
	number=0
	: >names.sed
	for p in $(find traces -name 't.*' | sed 's/.*\.//' | sort -n); do
		number=$((number + 1))
		echo "s/\\b$p\\b/PID$number/g" >>names.sed
	done
	for p in $(find traces -name 't.*' | sed 's/.*\.//' | sort -n); do
		echo "process $(sed -n "s,.*$p.*/\\(PID[0-9]*\\)/.*,\\1,p" names.sed)"
		# Whether SIGCHLD comes before or after the wait for that child is a matter of chance.
		awk '/^--- SIGCHLD / { behind = 1; next } behind && /^rt_sigreturn\(/ { behind = 0; next } { behind = 0; print }' \
			"traces/t.$p" | sed -E -f names.sed -e '
			s/  *= / = /
			# Addresses, and what is random, or of the moment, or of the file system.
			s/0x[0-9a-f]{6,16}/ADDRESS/g
			s/^(getrandom\()"[^"]*"/\1BYTES/
			s/tv_sec=[0-9]+/tv_sec=N/g; s/tv_([nu])sec=[0-9]+/tv_\1sec=N/g
			s/(st|stx)_([abcm]time)=[^,}]*/\1_\2=TIME/g; s,/\* [0-9]{4}-[0-9-]*T[0-9:.+]* \*/,/* DATE */,g; s/st_([acm]time)_nsec=[0-9]+/st_\1_nsec=N/g
			s/(st_ino|stx_ino|d_ino|d_off|stx_mnt_id|nlmsg_seq)=[0-9a-fx]+/\1=N/g
			s/(f_[a-z]*|ru_[a-z]*|si_[us]time|loads|uptime|[a-z]*ram|procs|[a-z]*swap)=(\[[^]]*\]|[0-9]+( \/\*[^*]*\*\/)?)/\1=N/g
			s/:\[[0-9]+\]/:[N]/g
			# Mount ids and the devices of file systems without one are numbered for the whole machine: mounts elsewhere shift them.
			s/^(read\([0-9]+(<[^>]*>)?, )"[0-9]+ [0-9]+ [0-9]+:[0-9]+ .*/\1MOUNTS/
			s/makedev\(0(x0)?, 0x[0-9a-f]+\)/makedev(0, N)/g
			s/(nl_pid|nlmsg_pid)=-?[0-9]+/\1=N/g
			s/^(getppid\(\) = ).*/\1N/
			s/^(getpgrp\(\) = ).*/\1N/
			s/^(read\([0-9]*<\/dev\/urandom.*, )"[^"]*"/\1BYTES/
			s/^(times\(.*\) = ).*/\1N/'
	done
}

# same OPTION... -- COMMAND...
same() {
	under strace "$@" >want
	under "$LITE" "$@" >got
	grep -q '^execve(' want
	[ "$(wc -l <want)" -gt 20 ]
	if [ "$(wc -l <want)" != "$(wc -l <got)" ]; then
		diff -U 0 want got | sed -n '1,40p'
		return 1
	fi
	paste -d '\n' want got >pairs
	awk -f "$SWEEP/judge.awk" names "$SWEEP/kept" pairs
}

@test "ls -l looks as under strace 6.1" {
	same -v -- ls -l /etc
}

@test "so does ls with raw numbers" {
	same -X raw -- ls -l /usr/lib
}

@test "so does ls with numbers and names" {
	same -v -X verbose -- ls -l /usr/lib
}

@test "so does a script with children, a subshell and signals" {
	same -y -- sh -c 'ls /; (exit 3); trap "echo caught" USR1; kill -USR1 $$; ls /nonexistent; kill -TERM $$'
}

@test "so does find with descriptors and their devices" {
	same -yy -s 100 -- find /usr/share/doc/bash /etc/apt
}

@test "so does tar with bytes in hexadecimal" {
	needs tar
	same -y -x -- tar cf x.tar /etc/apt
}

@test "so does dd with its bytes in hexadecimal" {
	same -xx -- dd if=/dev/zero of=x bs=4k count=3 conv=fsync status=none
}

@test "so does perl, which asks for names of users and groups" {
	needs perl
	same -y -X verbose -- perl -e 'open F, "/etc/passwd"; print <F>; system("true"); kill 0, $$; print `id`; opendir D, "/"; print readdir D'
}

@test "so does python, with files, pipes and children" {
	[ -x /usr/bin/python3 ] || skip "needs /usr/bin/python3, which is not installed"
	same -v -s 64 -- /usr/bin/python3 -I -c 'import os, subprocess, mmap, fcntl, resource, signal
f = open("x", "w+b"); f.write(b"y" * 5000); f.flush(); fcntl.flock(f, fcntl.LOCK_EX); m = mmap.mmap(f.fileno(), 4096)
os.setxattr("x", "user.a", b"1"); os.getxattr("x", "user.a"); os.listxattr("x"); os.rename("x", "z"); os.link("z", "l")
os.symlink("z", "s"); os.readlink("s"); os.chmod("z", 0o4755); os.truncate("z", 10); os.mkdir("d", 0o700); os.rmdir("d")
os.open("d", os.O_PATH | os.O_NOFOLLOW) if os.path.exists("d") else os.open("z", os.O_PATH)
resource.getrlimit(resource.RLIMIT_NOFILE); os.sched_getaffinity(0); os.memfd_create("m"); os.pipe2(os.O_CLOEXEC)
signal.setitimer(signal.ITIMER_REAL, 100); subprocess.run(["true"]); os.waitpid(os.fork() or os._exit(3), 0)'
}

@test "so does sqlite3" {
	needs sqlite3
	same -yy -- sqlite3 x.db 'pragma journal_mode=off; create table t(a); insert into t values(1); select * from t;'
}

@test "so do netlink messages of ip" {
	needs ip unshare
	[ "$(id -u)" = 0 ] || skip "needs root"
	WITHIN='unshare -n'
	same -v -- ip addr
	same -- sh -c 'ip link set lo up; ip route; ip addr add 192.0.2.1/24 dev lo; ip rule'
}

@test "so do mounts in a namespace" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	needs unshare mount
	same -v -- unshare -m sh -c 'mount -t tmpfs -o size=1m none /mnt; mount --bind / /mnt; umount /mnt; umount /mnt; mount'
}
