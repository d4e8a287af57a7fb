#!/usr/bin/env bats
# dtrace on BPF under other kernels than this machine's: exact counts, ticks, and scripts of tests/d by both back ends.
# shellcheck disable=SC2154  # bats sets status and output

bats_require_minimum_version 1.5.0
load qemu

setup_file() {
	local subject f n=0
	mkdir -p "$BATS_FILE_TMPDIR/scripts"
	# Every sixth script of these, for an emulated machine is slow; those that say what they want by a file beside them are left out.
	for subject in aggs expr funcs if spec vars types faults; do
		for f in "$BATS_TEST_DIRNAME/../d/$subject"/tst.*.d; do
			[ ! -e "${f%.d}.args" ] || continue
			n=$((n + 1))
			[ $((n % 6)) != 0 ] || cp "$f" "$BATS_FILE_TMPDIR/scripts/$subject-$(basename "$f")"
		done
	done
	ls "$BATS_FILE_TMPDIR/scripts" | wc -l >"$BATS_FILE_TMPDIR/number"
	make_ram dtrace.init "$OUT/test/progs/exactly" "$BATS_FILE_TMPDIR/scripts"/*.d
}

# works VERSION PACKAGE
works() {
	kernel "$2"
	case $image in */vmlinuz-"$1".*) ;; *) skip "the package archive has no Linux $1 ($2)" ;; esac
	boot
	local counts
	counts=$(sed -n '/^== counts/,/^== ticks/p' <<<"$said" | sed '1d; $d' | sort)
	diff <(echo 'ENOENT 40
/nosuch-exactly 40
exactly getppid entry 300
exactly getppid return 300
exec 4
lwp 4' | sort) <(echo "$counts") || { echo "$said"; return 1; }
	[ "$(sed -n '/^== ticks/,/^== scripts/p' <<<"$said" | sed '1d; $d; /^$/d')" = '5
-- status 3' ] || { echo "$said"; return 1; }
	diff <(printf '/run/x/known tmpfs /run %d 1\n' 0 3 6 8) <(sed -n '/^== files/,/^== end/p' <<<"$said" | sed '1d; $d' | sort) ||
		{ echo "$said"; return 1; }
	echo "# $(grep ' the same$' <<<"$said") of $(cat "$BATS_FILE_TMPDIR/number"), $(head -n 1 <<<"$said")" >&3
	[ "$(grep ' the same$' <<<"$said")" = "$(cat "$BATS_FILE_TMPDIR/number") the same" ] || { echo "$said"; return 1; }
}

@test "Linux 5.10" { works 5.10 linux-image-5.10-cloud-amd64; }
@test "Linux 6.1" { works 6.1 linux-image-cloud-amd64; }
@test "Linux 6.12, the newest that Debian 12's archives hold" { works 6.12 linux-image-6.12-cloud-amd64; }
