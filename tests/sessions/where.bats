# --at PATH and --at auto, and roots whose superblock is read-only.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# A runc container whose root is a tmpfs with a read-only superblock: nothing can be made in it.
sealed_root() {
	local dir=$BATS_TEST_TMPDIR/runc.sealed
	mkdir -p "$dir/rootfs"
	mount -t tmpfs tmpfs "$dir/rootfs"
	rootfs "$dir/rootfs"
	mkdir -p "$dir/rootfs/mnt" "$dir/rootfs/opt"
	mount -o remount,ro "$dir/rootfs"
	runc_start sealed '.root.readonly = true'
}
unseal() {
	runc delete -f sealed
	umount "$BATS_TEST_TMPDIR/runc.sealed/rootfs"
}

@test "--at PATH makes the directory and removes it again" {
	start web
	inject_ok --at /tools web
	equal "web: attached at /tools ($VERSION)" "$out"
	works_in web /tools
	inject_ok --remove web
	equal "web: removed from /tools" "$out"
	[ ! -e "/proc/$(pid_of web)/root/tools" ]
	is_clean web
}

@test "--at PATH in an empty directory of the image, below another, with a slash at the end" {
	IMAGE=native-test/bb start web -v /opt/data
	inject_ok --at /tmp/tools/ web
	equal "web: attached at /tmp/tools ($VERSION)" "$out"
	works_in web /tmp/tools
}

@test "--at PATH where the parent does not exist: refused, nothing made" {
	start web
	inject_fails --at /no/such/place web
	says 'inject: web: ' '/no/such/place' 'does not exist'
	[ ! -e "/proc/$(pid_of web)/root/no" ]
}

@test "--at PATH through a symbolic link of the container: refused" {
	IMAGE=native-test/bb start web
	in_container web /bin/ln -s /tmp /short
	inject_fails --at /short/tools web
	says 'inject: web: ' 'symbolic link'
	equal '' "$(mounts_of web)"
	[ ! -e "/proc/$(pid_of web)/root/tmp/tools" ]
}

@test "--at /dev/native: never in docker diff" {
	start web
	inject_ok --at /dev/native web
	equal "web: attached at /dev/native ($VERSION)" "$out"
	works_in web /dev/native
	equal '' "$(docker diff web)"
}

@test "--at with a wrong path is wrong usage: relative, the root, dots, /proc, /sys" {
	start web
	for path in native ./native / // '' /a/../b /a/./b /a//b /.. /proc/1/root/x /proc /sys/x /dev; do
		try --at "$path" web
		[ "$rc" = 2 ] || complain "--at '$path' should be wrong usage"
		says 'inject: --at'
		equal '' "$(mounts_of web)"
	done
}

@test "--at auto is /native where that can be" {
	start web
	inject_ok --at auto web
	equal "web: attached at /native ($VERSION)" "$out"
	works_in web
}

@test "--at auto is /native under --read-only too" {
	start web --read-only
	inject_ok --at auto web
	equal "web: attached at /native ($VERSION)" "$out"
}

@test "a read-only superblock is refused without --at auto, and the sentence says what to do" {
	sealed_root
	inject_fails "pid:$runc_pid"
	says "inject: pid:$runc_pid: " 'read-only' '--at auto' '/dev/native'
	equal '' "$(mounts_of "pid:$runc_pid")"
	unseal
}

@test "a read-only superblock under --at auto: /dev/native" {
	sealed_root
	inject_ok --at auto "pid:$runc_pid"
	equal "pid:$runc_pid: attached at /dev/native ($VERSION)" "$out"
	equal /dev/native "$(mounts_of "pid:$runc_pid")"
	[ "$(runc exec sealed /dev/native/bin/sh -c 'echo works')" = works ]
	inject_ok --at auto "pid:$runc_pid"
	equal "pid:$runc_pid: is there already at /dev/native ($VERSION)" "$out"
	inject_ok --remove "pid:$runc_pid"
	equal "pid:$runc_pid: removed from /dev/native" "$out"
	[ ! -e "/proc/$runc_pid/root/dev/native" ]
	unseal
}

@test "a read-only superblock with --at on an empty directory that is there" {
	sealed_root
	inject_ok --at /mnt "pid:$runc_pid"
	equal /mnt "$(mounts_of "pid:$runc_pid")"
	inject_ok --remove "pid:$runc_pid"
	equal '' "$(mounts_of "pid:$runc_pid")"
	[ -d "/proc/$runc_pid/root/mnt" ]
	unseal
}

@test "--at auto goes to /dev/native where /native is a link, a file, in use or a volume" {
	IMAGE=native-test/bb start link
	in_container link /bin/ln -s /etc /native
	IMAGE=native-test/bb start file
	in_container file /bin/touch /native
	IMAGE=native-test/bb start full
	in_container full /bin/mkdir -p /native/x
	start volume --tmpfs /native
	inject_ok --at auto link file full volume
	for c in link file full volume; do
		prints "$c: attached at /dev/native ($VERSION)"
		works_in $c /dev/native
	done
}
