# For mkroot: processes as /proc shows them, in the current directory.
# shellcheck shell=sh

# limits PID [SED EXPRESSION]: Linux 6.18's file; the expression changes it.
limits() {
	cat >"proc/$1/limits.all" <<-'LIMITS'
		Limit                     Soft Limit           Hard Limit           Units     
		Max cpu time              unlimited            unlimited            seconds   
		Max file size             unlimited            unlimited            bytes     
		Max data size             unlimited            unlimited            bytes     
		Max stack size            8388608              unlimited            bytes     
		Max core file size        0                    unlimited            bytes     
		Max resident set          unlimited            unlimited            bytes     
		Max processes             96365                96365                processes 
		Max open files            1024                 20000                files     
		Max locked memory         8388608              8388608              bytes     
		Max address space         unlimited            unlimited            bytes     
		Max file locks            unlimited            unlimited            locks     
		Max pending signals       96365                96365                signals   
		Max msgqueue size         819200               819200               bytes     
		Max nice priority         0                    0                    
		Max realtime priority     0                    0                    
		Max realtime timeout      unlimited            unlimited            us        
	LIMITS
	sed "${2:-}" "proc/$1/limits.all" >"proc/$1/limits"
	rm "proc/$1/limits.all"
}

# process PID UID NAME [DESCRIPTORS]: one with the limits above and some memory.
process() {
	mkdir -p "proc/$1/fd"
	limits "$1"
	# shellcheck disable=SC2046  # a list of numbers
	[ "${4:-0}" = 0 ] || (cd "proc/$1/fd" && touch $(seq 0 $(($4 - 1))))
	printf '%d (%s) S 1 %d %d 0 -1 4194304 90 0 0 0 150 77 0 0 20 0 3 0 4711 9437184 250\n' "$1" "$3" "$1" "$1" \
		>"proc/$1/stat"
	cat >"proc/$1/status" <<-STATUS
		Name:	x
		State:	S (sleeping)
		Pid:	$1
		PPid:	1
		Uid:	$2	$2	$2	$2
		Gid:	$2	$2	$2	$2
		VmPeak:	    9300 kB
		VmSize:	    9216 kB
		VmLck:	       0 kB
		VmRSS:	    1000 kB
		VmData:	     400 kB
		VmStk:	     132 kB
		Threads:	3
		SigQ:	2/96365
	STATUS
}

# status PID KEY VALUE: changes a line.
status() {
	sed -i "s|^$2:.*|$2:	$3|" "proc/$1/status"
}
