# For the mkroot of iostat's cases, and for the runs beside sysstat: recorded machines, made in the current directory.
# A snapshot N is the directory N: what the machine's files held at its moment.
# shellcheck shell=sh

# put FILE TEXT: writes it with a newline at its end.
put() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" >"$1"
}

# host N UPTIME CPUS: the machine itself. Each of its CPUs has been 40 % busy until 3222 s and is busier from then on.
host() {
	put "$1/proc/uptime" "$2 100.00"
	put "$1/proc/sys/kernel/osrelease" 6.18.44
	put "$1/proc/sys/kernel/hostname" box
	put "$1/proc/sys/kernel/arch" x86_64
	put "$1/proc/devices" 'Character devices:
  1 mem

Block devices:
  8 sd
252 device-mapper'
	awk -v up="$2" -v cpus="$3" 'BEGIN {
		t = up * 100; late = t > 322200 ? t - 322200 : 0; early = t - late
		for (i = -1; i < cpus; i++) {
			k = i < 0 ? cpus : 1
			printf "cpu%s %d %d %d %d %d %d %d %d %d %d\n", i < 0 ? " " : i,
				k * int(early * 0.25 + late * 0.4), k * int(early * 0.01), k * int(early * 0.1 + late * 0.2),
				k * int(early * 0.6 + late * 0.3), k * int(early * 0.02 + late * 0.05), k * int(early * 0.004),
				k * int(early * 0.006), k * int(early * 0.01 + late * 0.05), k * int(early * 0.02), 0
		}
		print "intr 12345 0 0\nctxt 999\nbtime 1767225600\nprocesses 100"
	}' >"$1/proc/stat"
	mkdir -p "$1/sys/devices/system/cpu" "$1/sys/block" "$1/sys/dev/block" "$1/dev/mapper"
	i=0
	while [ $i -lt "$3" ]; do mkdir "$1/sys/devices/system/cpu/cpu$i"; i=$((i + 1)); done
	put "$1/sys/devices/system/cpu/present" "0-$(($3 - 1))"
}

# disks N: from lines "MAJOR MINOR NAME DISK COUNTERS..." on standard input, where DISK is that of a partition, or "-":
# proc/diskstats, and what /sys and /dev have of them.
disks() {
	root=$1
	: >"$root/proc/diskstats"
	while read -r major minor name disk counters; do
		dir=sys/block/$(echo "$name" | tr / !)
		[ "$disk" = - ] || dir=sys/block/$disk/$name
		printf '%4d %7d %s %s\n' "$major" "$minor" "$name" "$counters" >>"$root/proc/diskstats"
		put "$root/$dir/stat" "$counters"
		put "$root/$dir/dev" "$major:$minor"
		ln -s "../../${dir#sys/}" "$root/sys/dev/block/$major:$minor"
		mkdir -p "$(dirname "$root/dev/$name")"
		: >"$root/dev/$name"
	done
}

# usual N STEPS: eight devices that all do something, but sdb and loop0; each step adds the same again, and dm-0 stops
# after the first.
usual() {
	awk -v n="$2" '{
		line = $1 " " $2 " " $3 " " $4
		for (i = 5; i <= 21; i++) {
			steps = $3 == "dm-0" && n > 1 ? 1 : n
			# The number of requests in flight is no counter.
			line = line " " (i == 13 ? $i : $i + steps * $(i + 17))
		}
		print line
	}' <<-END | disks "$1"
		8 0 sda - 1000 200 80000 5000 2000 300 160000 9000 0 7000 14000 50 5 4000 100 70 90 100 20 8000 500 200 30 16000 900 0 700 1400 5 1 400 10 7 9
		8 1 sda1 sda 600 100 50000 3000 1500 200 100000 6000 0 5000 9000 0 0 0 0 0 0 60 10 5000 300 150 20 10000 600 0 500 900 0 0 0 0 0 0
		8 2 sda2 sda 400 100 30000 2000 500 100 60000 3000 0 2000 5000 50 5 4000 100 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
		8 16 sdb - 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
		259 0 nvme0n1 - 123456 789 98765432 45678 654321 4321 123456789 987654 3 456789 1033332 0 0 0 0 1234 5678 56 9 65432 678 4321 21 456789 7654 0 900 8332 0 0 0 0 34 78
		259 1 nvme0n1p1 nvme0n1 123000 780 98765000 45600 654000 4300 123456000 987000 3 456000 1033000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
		252 0 dm-0 - 5000 0 400000 20000 6000 0 500000 30000 1 15000 50000 0 0 0 0 0 0 3 0 24 1 0 0 0 0 0 1 1 0 0 0 0 0 0
		7 0 loop0 - 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
	END
	put "$1/sys/block/dm-0/dm/name" vg0-root
	ln -s ../dm-0 "$1/dev/mapper/vg0-root"
	mkdir -p "$1/dev/disk/by-id" "$1/dev/disk/by-uuid" "$1/dev/disk/by-path"
	ln -s ../../sda "$1/dev/disk/by-id/ata-A_DISK_WITH_A_LONG_NAME_0001"
	ln -s ../../sda "$1/dev/disk/by-id/wwn-0x5000"
	ln -s ../../sda1 "$1/dev/disk/by-id/ata-A_DISK_WITH_A_LONG_NAME_0001-part1"
	ln -s ../../dm-0 "$1/dev/disk/by-id/dm-name-vg0-root"
	ln -s ../../sda1 "$1/dev/disk/by-uuid/1234-ABCD"
}

# userspace N STEPS: the directories of -f: alt/block, alt2/diskstats.
userspace() {
	mkdir -p "$1/alt/block/spdk1/spdk1p1" "$1/alt/block/spdk0" "$1/alt/dev/block" "$1/alt2"
	put "$1/alt/block/spdk1/stat" "$((100 + $2 * 10)) 0 800 50 100 0 800 50 0 10 10 0 0 0 0 0 0"
	put "$1/alt/block/spdk1/spdk1p1/stat" "$((50 + $2 * 10)) 0 400 50 100 0 800 50 0 10 10 0 0 0 0 0 0"
	put "$1/alt/block/spdk0/stat" '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'
	ln -s ../../block/spdk1/spdk1p1 "$1/alt/dev/block/260:1"
	put "$1/alt2/diskstats" "260 0 user0 $((100 + $2 * 10)) 0 800 50 100 0 800 50 0 10 10 0 0 0 0 0 0
260 1 user0p1 $((10 + $2 * 10)) 0 800 50 100 0 800 50 0 10 10 0 0 0 0 0 0"
}

# three_moments: the machine that most cases look at, a second apart.
three_moments() {
	for n in 0 1 2; do
		host $n 322$((2 + n)).90 2
		usual $n $n
		userspace $n $n
	done
}

# in_container N STARTED CGROUP_NAMESPACE: what a container sees of its namespaces and its first process, begun STARTED seconds after boot.
in_container() {
	mkdir -p "$1/proc/self/ns" "$1/proc/1"
	ln -s 'pid:[4026532185]' "$1/proc/self/ns/pid"
	ln -s "cgroup:[$3]" "$1/proc/self/ns/cgroup"
	ln -s 'mnt:[4026532184]' "$1/proc/self/ns/mnt"
	put "$1/proc/1/stat" "1 (one) S 0 1 1 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 ${2}00 1000000 100"
}

# pressure FILE SOME FULL: totals in microseconds.
pressure() {
	put "$1" "some avg10=1.00 avg60=1.00 avg300=1.00 total=$2
full avg10=0.50 avg60=0.50 avg300=0.50 total=$3"
}

# container_v2 N STEPS: a container on cgroup v2, begun a hundred seconds before the first moment. In each second it reads
# 4 MB from sda in 10 requests and writes 1 MB in 20 to nvme0n1, uses 50 % of one of the CPUs, and waits for I/O for 250 ms.
container_v2() {
	in_container "$1" 3122 4026532186
	put "$1/proc/self/cgroup" 0::/
	put "$1/proc/self/mountinfo" '91 123 0:42 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b
153 152 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec - cgroup2 cgroup rw,nsdelegate'
	g=$1/sys/fs/cgroup
	put "$g/cgroup.events" 'populated 1
frozen 0'
	put "$g/cpu.max" '150000 100000'
	put "$g/cpu.stat" "usage_usec $((9000000 + $2 * 500000))
user_usec $((6000000 + $2 * 400000))
system_usec $((3000000 + $2 * 100000))
nr_periods $((1000 + $2 * 10))
nr_throttled $((100 + $2 * 5))
throttled_usec 7654321"
	pressure "$g/cpu.pressure" $((100000 + $2 * 1000)) 0
	pressure "$g/memory.pressure" 0 0
	pressure "$g/io.pressure" $((5000000 + $2 * 250000)) $((4000000 + $2 * 200000))
	put "$g/io.stat" "8:0 rbytes=$((4096000 + $2 * 4194304)) wbytes=0 rios=$((1000 + $2 * 10)) wios=0 dbytes=0 dios=0
259:0 rbytes=0 wbytes=$((1048576 * (100 + $2))) rios=0 wios=$((2000 + $2 * 20)) dbytes=0 dios=0
252:0 rbytes=0 wbytes=0 rios=0 wios=0 dbytes=0 dios=0
7:99 rbytes=512 wbytes=0 rios=1 wios=0 dbytes=0 dios=0"
}

# container_v1 N STEPS: the same on v1, where the wait is known and pressure is not.
container_v1() {
	in_container "$1" 3122 4026531835
	put "$1/proc/self/cgroup" '4:blkio:/docker/0123
2:cpu,cpuacct:/docker/0123'
	put "$1/proc/self/mountinfo" '91 123 0:42 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b
153 152 0:50 / /sys/fs/cgroup rw,nosuid - tmpfs tmpfs rw,mode=755
154 153 0:29 /docker/0123 /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
157 153 0:32 /docker/0123 /sys/fs/cgroup/blkio ro,nosuid - cgroup cgroup rw,blkio'
	g=$1/sys/fs/cgroup/blkio
	put "$g/blkio.throttle.io_service_bytes" "8:0 Read $((4096000 + $2 * 4194304))
8:0 Write 0
8:0 Total $((4096000 + $2 * 4194304))
Total $((4096000 + $2 * 4194304))"
	put "$g/blkio.throttle.io_serviced" "8:0 Read $((1000 + $2 * 10))
8:0 Write 0
8:0 Total $((1000 + $2 * 10))
Total $((1000 + $2 * 10))"
	put "$g/blkio.bfq.io_wait_time_recursive" "8:0 Read $((2000000000 + $2 * 15000000))
8:0 Write 0
8:0 Total $((2000000000 + $2 * 15000000))
Total $((2000000000 + $2 * 15000000))"
	c=$1/sys/fs/cgroup/cpu,cpuacct
	put "$c/cpuacct.usage" $((90000000000 + $2 * 500000000))
	put "$c/cpuacct.stat" "user $((6000 + $2 * 40))
system $((3000 + $2 * 10))"
	put "$c/cpu.stat" 'nr_periods 0
nr_throttled 0
throttled_time 0'
}
