# For the mkroot of golden cases: recorded machines and containers, made in the current directory.
# shellcheck shell=sh

ID=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# put FILE TEXT: writes it with a newline at its end.
put() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" >"$1"
}

# machine CPUS SECONDS: proc/{stat,meminfo,vmstat,uptime} of a machine that was up for 1000 s and so many more, all in
# use alike: 20 % user, 10 % system, 60 % idle, 5 % waiting, 4 % stolen, 1 % guests.
machine() {
	t=$((1000 + $2))
	put proc/uptime "$t.00 $t.00"
	awk -v n="$1" -v t="$t" 'BEGIN {
		for (i = -1; i < n; i++) {
			k = (i < 0 ? n : 1) * t
			printf "cpu%s %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f\n", i < 0 ? " " : i,
				20 * k, 1 * k, 7 * k, 60 * k, 5 * k, 1 * k, 2 * k, 4 * k, 1 * k, 0
		}
		printf "intr %d 0 0 0\nctxt %d\nbtime 1795218247\nprocesses %d\nprocs_running 3\nprocs_blocked 1\n", t * 700, t * 1500, t * 2
	}' >proc/stat
	cat >proc/meminfo <<-END
		MemTotal:       16384000 kB
		MemFree:        $((4096000 - $2 * 1000)) kB
		MemAvailable:   12288000 kB
		Buffers:          102400 kB
		Cached:          8192000 kB
		SwapCached:            0 kB
		Active:          5120000 kB
		Inactive:        4096000 kB
		SwapTotal:       2048000 kB
		SwapFree:        1024000 kB
		Shmem:            204800 kB
		SReclaimable:     307200 kB
		CommitLimit:    10240000 kB
		Committed_AS:   12240000 kB
	END
	cat >proc/vmstat <<-END
		nr_free_pages 1024000
		pgpgin $((t * 40))
		pgpgout $((t * 90))
		pswpin $((t * 2))
		pswpout $((t * 3))
		pgfault 1
	END
}

# namespaces PID CGROUP MNT: their numbers; those of the host are 4026531836, 4026531835 and up to 4026531841.
namespaces() {
	mkdir -p proc/self/ns
	ln -s "pid:[$1]" proc/self/ns/pid
	ln -s "cgroup:[$2]" proc/self/ns/cgroup
	ln -s "mnt:[$3]" proc/self/ns/mnt
}

host() {
	namespaces 4026531836 4026531835 4026531840
	put proc/self/cgroup '0::/user.slice/user-1000.slice/session-3.scope'
	put proc/self/mountinfo '31 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw'
	group_v2 sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope 536870912
}

# group_v2 DIR LIMIT: the files of a cgroup on v2.
group_v2() {
	put "$1/cgroup.events" 'populated 1
frozen 0'
	put "$1/memory.current" 268435456
	put "$1/memory.max" "$2"
	put "$1/memory.swap.current" 1048576
	put "$1/memory.swap.max" 67108864
	put "$1/memory.stat" 'anon 104857600
file 134217728
kernel 4194304
shmem 33554432
inactive_file 67108864'
	put "$1/memory.events" 'low 0
oom 1
oom_kill 1'
	put "$1/cpu.max" '150000 100000'
	put "$1/cpu.stat" 'usage_usec 90000000
user_usec 60000000
system_usec 30000000
nr_periods 1000
nr_throttled 125
throttled_usec 7654321'
	put "$1/cpu.pressure" 'some avg10=12.34 avg60=1.00 avg300=0.10 total=5678
full avg10=0.00 avg60=0.00 avg300=0.00 total=0'
	put "$1/memory.pressure" 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0
full avg10=0.00 avg60=0.00 avg300=0.00 total=0'
	put "$1/io.pressure" 'some avg10=3.10 avg60=1.00 avg300=0.10 total=99
full avg10=3.00 avg60=1.00 avg300=0.10 total=98'
}

# Docker on v2 with a cgroup namespace, as it is by default.
docker_v2() {
	namespaces 4026532185 4026532186 4026532184
	put proc/self/cgroup 0::/
	put proc/self/mountinfo '91 123 0:42 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b
153 152 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec - cgroup2 cgroup rw,nsdelegate'
	group_v2 sys/fs/cgroup 536870912
}

# The same with --pid=host --cgroupns=host: the whole tree of the host, and systemd within.
docker_v2_host() {
	namespaces 4026531836 4026531835 4026532184
	put proc/self/cgroup "0::/system.slice/docker-$ID.scope/init.scope"
	put proc/self/mountinfo '153 152 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec - cgroup2 cgroup rw,nsdelegate'
	group_v2 "sys/fs/cgroup/system.slice/docker-$ID.scope" max
	group_v2 "sys/fs/cgroup/system.slice/docker-$ID.scope/init.scope" max
	# A limit above the container, and a tighter quota.
	put sys/fs/cgroup/system.slice/memory.max 402653184
	put sys/fs/cgroup/system.slice/cpu.max '25000 50000'
	put sys/fs/cgroup/system.slice/cpu.stat 'usage_usec 100000000
nr_periods 200
nr_throttled 100
throttled_usec 2000000'
}

# Docker on v1 (and hybrid: the v2 tree is there, but not in the container).
docker_v1() {
	namespaces 4026532185 4026531835 4026532184
	put proc/self/cgroup "9:name=systemd:/docker/$ID
4:memory:/docker/$ID
2:cpu,cpuacct:/docker/$ID
0::/docker/$ID"
	put proc/self/mountinfo "91 123 0:42 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b
153 152 0:50 / /sys/fs/cgroup rw,nosuid - tmpfs tmpfs rw,mode=755
154 153 0:29 /docker/$ID /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
157 153 0:32 /docker/$ID /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory"
	m=sys/fs/cgroup/memory
	put $m/memory.usage_in_bytes 268435456
	put $m/memory.limit_in_bytes 9223372036854771712
	put $m/memory.memsw.limit_in_bytes 9223372036854771712
	put $m/memory.kmem.usage_in_bytes 4194304
	# The limit is a parent's, which is not mounted here.
	put $m/memory.stat 'cache 1
rss 2
hierarchical_memory_limit 536870912
hierarchical_memsw_limit 603979776
total_cache 134217728
total_rss 104857600
total_shmem 33554432
total_swap 1048576
total_inactive_file 67108864'
	put $m/memory.oom_control 'oom_kill_disable 0
under_oom 0
oom_kill 1'
	c=sys/fs/cgroup/cpu,cpuacct
	put $c/cpu.cfs_quota_us 150000
	put $c/cpu.cfs_period_us 100000
	put $c/cpu.stat 'nr_periods 1000
nr_throttled 125
throttled_time 7654321000'
	put $c/cpuacct.usage 90000000000
	put $c/cpuacct.stat 'user 6000
system 3000'
}

# A pid namespace and nothing else: the cgroup is the root of the tree.
only_a_pid_namespace() {
	namespaces 4026532185 4026531835 4026532184
	put proc/self/cgroup 0::/
	put proc/self/mountinfo '31 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw'
	put sys/fs/cgroup/memory.stat 'anon 1'
	put sys/fs/cgroup/cpu.stat 'usage_usec 1'
}
