#!/usr/bin/env bats
# The fixed programs of dtrace, and leaves behind them, on other kernels than this machine's, under qemu.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
load qemu

setup_file() {
	make_ram dispatch.init "$OUT/test/dispatch" "$OUT/test/providers" "$OUT/test/leaves" "$OUT/test/library"
}

@test "Linux 6.1: containers, probes of proc, sched and profile, checked leaves, library" {
	kernel linux-image-cloud-amd64
	boot
	bad=$(grep '^not ok \|^-- status [1-9]' <<<"$said" || :)
	[ -z "$bad" ] || { echo "$said"; return 1; }
	grep '^skip ' <<<"$said" | sed 's/^skip /# not tested: /' >&3 || :
	[ "$(grep -c '^-- status 0' <<<"$said")" = 6 ]
}
