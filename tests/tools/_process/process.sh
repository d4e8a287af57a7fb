# shellcheck shell=sh
# Processes for the golden cases of the process tools, in the current directory's proc/.
#
# process PID PPID STATE UID NAME [ARG]...: stat, status, comm, cmdline, limits. FLAGS is field 9 of stat.
process() {
	pid=$1 ppid=$2 state=$3 uid=$4 name=$5
	shift 5
	mkdir -p "proc/$pid/fd" "proc/$pid/fdinfo"
	printf '%d (%s) %s %d %d %d 0 -1 %d 100 0 0 0 5 2 0 0 20 0 1 0 700 4096000 250 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0\n' \
		"$pid" "$name" "$state" "$ppid" "$pid" "$pid" "${FLAGS:-4194304}" >"proc/$pid/stat"
	printf '%s\n' "$name" >"proc/$pid/comm"
	printf 'Name:\tx\nState:\t%s\nPid:\t%d\nPPid:\t%d\nUid:\t%d\t%d\t%d\t%d\n' "$state" "$pid" "$ppid" 77 "$uid" "$uid" "$uid" >"proc/$pid/status"
	: >"proc/$pid/cmdline"
	for arg; do printf '%s\0' "$arg" >>"proc/$pid/cmdline"; done
	printf 'Limit                     Soft Limit           Hard Limit           Units     \nMax cpu time              unlimited            unlimited            seconds   \nMax open files            1024                 524288               files     \n' \
		>"proc/$pid/limits"
}

# memory PID RSS PSS USS SWAP: in KiB, for psmem.
memory() {
	printf 'VmSize:\t%8d kB\nVmRSS:\t%8d kB\nVmSwap:\t%8d kB\n' $(($2 * 10)) "$2" "$5" >>"proc/$1/status"
	printf '5600-7fff ---p 00000000 00:00 0                          [rollup]\nRss:     %d kB\nPss:     %d kB\nPss_Dirty:     1 kB\nPss_Anon:     2 kB\nPss_File:     3 kB\nPss_Shmem:     4 kB\nShared_Clean:     %d kB\nShared_Dirty:     1 kB\nPrivate_Clean:     %d kB\nPrivate_Dirty:     %d kB\nSwap:     %d kB\nSwapPss:     %d kB\nLocked:     0 kB\n' \
		"$2" "$3" $(($2 - $4)) $(($4 / 2)) $(($4 - $4 / 2)) "$5" $(($5 / 2)) >"proc/$1/smaps_rollup"
}

# descriptor PID FD LINK INFO: a link in fd, and the text of fdinfo, in which \n and \t are escapes.
descriptor() {
	ln -s "$3" "proc/$1/fd/$2"
	printf '%b' "$4" >"proc/$1/fdinfo/$2"
}
