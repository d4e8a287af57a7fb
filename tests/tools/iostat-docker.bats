# iostat in real containers: whose figures it shows, and under which rights.

setup() {
	load ../lib
	native_setup
	cd "$BATS_TEST_TMPDIR" || return
}
teardown() { native_teardown; }

# counted NAME: newer kernels count for cgroup v1 only where a limit is set: one that nobody reaches.
counted() {
	local disk
	disk=$(lsblk -ndo PKNAME "$(findmnt -nvo SOURCE -T "$SUITE")")
	[ -n "$disk" ] || disk=$(lsblk -ndo NAME "$(findmnt -nvo SOURCE -T "$SUITE")")
	IMAGE=native-test/bb start "$1" --device-write-bps "/dev/$disk:1tb" --device-read-bps "/dev/$disk:1tb"
	inject_ok "$1"
}

# own NAME JQ: a figure of the container's own block of a report since the container began.
own() {
	in_container "$1" /native/bin/iostat -o JSON -d | jq -r ".sysstat.hosts[0].statistics[0].container | $2"
}

@test "iostat -M 1 in a container that holds nothing: the session of the README" {
	start web
	inject_ok web
	run -0 in_container web /native/bin/iostat -M 1 2
	[ "$(grep -c '^avg-cpu:  %user   %nice %system %iowait  %steal   %idle$' <<<"$output")" = 2 ]
	[ "$(grep -c '^Device             tps      MB/s    rqm/s   await  areq-sz  aqu-sz  %util$' <<<"$output")" = 2 ]
	[ "$(grep -c '^container:   %user %system  %throt cpu-some mem-some mem-full  io-some  io-full$' <<<"$output")" = 2 ]
	[ "$(grep -c '^host and all its containers:$' <<<"$output")" = 2 ]
}

@test "a container sees its own writes, and not those of another" {
	counted busy
	counted quiet
	# Written through: what is left to the flusher is counted for nobody on cgroup v1.
	in_container busy /native/bin/dd if=/dev/zero of=/file bs=1M count=32 conv=fsync
	[ "$(own busy '[.disk[] | ."w/s"] | add > 0')" = true ]
	[ "$(own busy '[.disk[] | ."wkB/s"] | add > 1')" = true ]
	[ "$(own quiet '[.disk[] | ."wkB/s"] | (add // 0) == 0')" = true ]
	# The device has the name that it has in the host's table.
	disk=$(own busy '.disk | max_by(."wkB/s") | .disk_device')
	in_container busy /native/bin/iostat --no-cgroup -d | grep -q "^$disk "
}

@test "the container's rates are those of the interval" {
	counted busy
	in_container busy /native/bin/sh -c '
		while :; do dd if=/dev/zero of=/file bs=64k count=16 conv=fsync 2>/dev/null; done & iostat -o JSON -d 1 3; kill $!' >json
	[ "$(jq '[.sysstat.hosts[0].statistics[1:][].container.disk | [.[] | ."wkB/s"] | add > 0] | all' json)" = true ]
}

@test "as uid 65532, without capabilities, read-only, without a network" {
	start web --read-only --cap-drop ALL --security-opt no-new-privileges
	inject_ok web
	run -0 in_container -u 65532:65532 -e TERM= web /native/bin/iostat -x 1 2
	[[ $output == *container:* ]]
	[[ $output == *Device* ]]
}

@test "--no-cgroup: nothing but what sysstat prints" {
	start web
	inject_ok web
	run -0 in_container web /native/bin/iostat -x --no-cgroup
	[[ $output != *container:* ]]
	[[ $output != *host* ]]
	[ "$(sed -n 2p <<<"$output")" = '' ]
	[[ ${lines[1]} == avg-cpu:* ]]
}
