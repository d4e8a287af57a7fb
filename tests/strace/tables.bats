#!/usr/bin/env bats
# What strace-lite's tables say, against the kernel's headers.

setup() {
	ROOT=$(realpath "$BATS_TEST_DIRNAME/../..")
	STRACE_DIR=$ROOT/toolbox/strace
	OUT=$(realpath "${OUT:-out}")
	cd "$BATS_TEST_TMPDIR" || return 1
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH
}

# numbers_of CC INCLUDE: `NAME NUMBER` of asm/unistd.h.
numbers_of() {
	echo '#include <asm/unistd.h>' | "$1" -nostdinc -isystem "$2" -E -dM - >macros
	sed -n 's/^#define __NR_\([a-z0-9_]*\) .*/\1/p' macros | grep -vE '^(syscalls|arch_specific_syscall)$' | grep -v '^3264_' >calls
	{
		echo '#include <asm/unistd.h>'
		sed 's/.*/CALL & __NR_&/' calls
	} | "$1" -nostdinc -isystem "$2" -E -P - | sed -n 's/^CALL \([a-z0-9_]*\) \([0-9]*\)$/\1 \2/p' | sort
}

# has_all COLUMN: all of the lines on stdin are in calls.tbl. aarch64's headers call some by their 32-bit names.
has_all() {
	awk -v column="$1" '
		FNR == NR { if (!/^#/ && $column != "-") row[$column] = $1; next }
		{
			n++
			want = $1
			have = row[$2]
			if (have != want && !(want == "umount2" && have == "umount2") && want != "fstatat" && have != "newfstatat" &&
			    want "64" != have && want != "prlimit") {
				print "header: " want " " $2 ", calls.tbl: " (have == "" ? "nothing" : have)
				bad = 1
			}
		}
		END { print n + 0 " calls"; exit bad || n < 250 }' "$STRACE_DIR/calls.tbl" -
}

@test "calls.tbl has every call of the headers for x86_64" {
	[ "$(uname -m)" = x86_64 ] || skip "the sysroot's headers are this machine's"
	numbers_of gcc "$OUT/sysroot/include" | has_all 2
}

@test "calls.tbl has every call of the headers for i386" {
	[ "$(uname -m)" = x86_64 ] || skip "the sysroot's headers are this machine's"
	i386() { gcc -m32 "$@"; }
	numbers_of i386 "$OUT/sysroot/include" | has_all 3
}

@test "calls.tbl has every call of the headers for aarch64" {
	[ -d /usr/aarch64-linux-gnu/include/asm ] || skip "needs linux-libc-dev-arm64-cross, which is not installed"
	numbers_of aarch64-linux-gnu-gcc /usr/aarch64-linux-gnu/include | has_all 4
}

@test "calls.tbl has every call that this kernel has a function for" {
	grep -q ' __x64_sys_read$' /proc/kallsyms || skip "needs /proc/kallsyms of x86_64"
	sed -n 's/.* __x64_sys_\([a-z0-9_]*\)$/\1/p' /proc/kallsyms | sort -u >kernel
	[ "$(wc -l <kernel)" -gt 300 ]
	awk '!/^#/ { print $1 }' "$STRACE_DIR/calls.tbl" | sort -u >ours
	# What the kernel calls by another name, and what x86 does not have.
	comm -23 kernel ours | grep -vE '(16|32|_time32)$|^(newstat|newlstat|newfstat|newuname|old_.*|oldumount|gethostname|llseek|mmap_pgoff|ni_syscall|s390_.*|spu_.*|pciconfig_.*|rtas|subpage_prot|preadv64.*|pwritev64.*|ia32_.*|sync_file_range2)$' >missing || true
	# Calls younger than Linux 6.18, up to which the table goes.
	awk '!/^#/ && $2 > max { max = $2 } END { exit max < 469 }' "$STRACE_DIR/calls.tbl"
	case $(uname -r) in
	6.1[0-8].* | 6.[0-9].* | [1-5].*) ;;
	*) skip "this kernel is newer than Linux 6.18: $(tr '\n' ' ' <missing)" ;;
	esac
	cat missing
	[ ! -s missing ]
}

# tree: a copy of the tables for import to work in.
tree() {
	mkdir -p tree/toolbox/strace
	cp -r "$STRACE_DIR/flags" tree/toolbox/strace/
	ln -s "$OUT" tree/out
}

@test "flags/import makes the tables of its list as they are" {
	[ "$(uname -m)" = x86_64 ] || skip "flags/import works on x86_64"
	command -v aarch64-linux-gnu-gcc >/dev/null || skip "needs gcc-aarch64-linux-gnu, which is not installed"
	echo 'int x;' | gcc -m32 -S -o /dev/null -x c - || skip "needs a gcc that knows -m32"
	version=$(sed -n 's/^#define LINUX_VERSION_CODE \([0-9]*\)$/\1/p' "$OUT/sysroot/include/linux/version.h")
	[ "$((version >> 8))" = "$((6 * 256 + 1))" ] || skip "the tables are of the headers of Linux 6.1, these are others"
	tree
	tables=$(cut -d'|' -f1 "$STRACE_DIR/flags/import.list" | grep -v '^#' | tr -d ' ' | sort -u)
	for t in $tables; do rm -f "tree/toolbox/strace/flags/$t.tbl" "tree/toolbox/strace/flags/$t.i386.tbl" "tree/toolbox/strace/flags/$t.aarch64.tbl"; done
	[ "$(find tree/toolbox/strace/flags -name '*.tbl' | wc -l)" -lt 80 ]
	tree/toolbox/strace/flags/import
	diff -r "$STRACE_DIR/flags" tree/toolbox/strace/flags
}

@test "each table is made by flags/import, or compared by it" {
	for list in import byhand; do
		sed -n 's/^\([a-z][a-z0-9_]*\) *|.*/\1/p' "$STRACE_DIR/flags/$list.list" | sort -u >"$list"
	done
	comm -12 import byhand >twice
	sort import byhand >listed
	find "$STRACE_DIR/flags" -name '*.tbl' | sed 's,.*/,,; s/\..*//' | sort -u | diff listed - && [ ! -s twice ]
}

@test "tables by hand say what the headers say, and lack nothing up to Linux 6.18" {
	[ "$(uname -m)" = x86_64 ] || skip "flags/import works on x86_64"
	tree
	tree/toolbox/strace/flags/import -c >found || { cat found; return 1; }
	version=$(sed -n 's/^#define LINUX_VERSION_CODE \([0-9]*\)$/\1/p' "$OUT/sysroot/include/linux/version.h")
	[ "$((version >> 8))" -le "$((6 * 256 + 18))" ] || [ ! -s found ] ||
		skip "headers newer than Linux 6.18 also have: $(cut -d' ' -f2,3 found | tr '\n' ' ')"
	diff /dev/null found
	# It does find what is wrong and what is not there.
	cd tree/toolbox/strace/flags
	sed -i 's/^POLL_PRI .*/POLL_PRI 7/' si_poll.tbl
	sed -i '/^KVM_CAP_HLT /d' kvm_cap.tbl
	rc=0
	./import -c si_poll kvm_cap si_fpe >found || rc=$?
	[ "$rc" = 1 ]
	printf '%s\n' 'differs si_poll POLL_PRI 0x0000000000000005' 'missing kvm_cap KVM_CAP_HLT 0x0000000000000001' | diff - found
}
