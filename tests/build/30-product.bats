# bats file_tags=check
# What came out: static programs, a tree without surprises, a bundle that holds exactly that tree.

load common

setup() { need_built out/inject out/native out/bundle.tar; }

programs() { find out/native/bin -type f; echo out/inject; echo out/busybox; echo out/test/rawcount; }

@test "every program is static: no interpreter, no dynamic section, no executable stack" {
	local p
	for p in $(programs); do
		run readelf -lW "$p"
		equal 0 "$status"
		[[ $output == *LOAD* ]]
		[[ $output != *INTERP* && $output != *DYNAMIC* ]] || { echo "$p is not static"; return 1; }
		grep -Eq 'GNU_STACK .* RW +0x' <<<"$output" || { echo "$p: stack"; return 1; }
	done
}

@test "no program is a leak of where it was built" {
	local p
	for p in $(programs); do
		! grep -aqF "$TOP" "$p" || { echo "$p holds $TOP"; return 1; }
	done
	! grep -rqF "$TOP" out/native
}

# tcpdump and libbpf in dtrace are what took it from 1.0 MB to 1.65.
@test "inject is at most 1.8 MB" {
	local size
	size=$(stat -c %s out/inject)
	[ "$size" -le 1800000 ] || { echo "$size bytes"; return 1; }
}

@test "there are at least 240 tools; an applet is a relative link that resolves" {
	local n=0 f
	for f in out/native/bin/*; do
		n=$((n + 1))
		[ -L "$f" ] || continue
		# or another name of a tool of ours
		grep -qxF "${f##*/}" "toolbox/$(readlink "$f").links" 2>/dev/null || equal busybox "$(readlink "$f")" || return 1
		[ -x "$f" ] || { echo "$f leads nowhere"; return 1; }
	done
	[ "$n" -ge 240 ] || { echo "$n tools"; return 1; }
}

@test "the list of applets taken from the build is the program's own" {
	diff <(out/busybox --list | grep -vx busybox | LC_ALL=C sort) <(grep -vx busybox out/busybox.applets)
}

@test "the tree: root's modes, no setuid, no absolute or dangling link, no second name of a file" {
	local bad
	bad=$(find out/native ! -type d ! -type f ! -type l -o -type d ! -perm 0755 -o -type f -links +1 \
		-o -type f -path '*/bin/*' ! -perm 0755 -o -type f ! -path '*/bin/*' ! -perm 0644 \
		-o -type l -lname '/*' -o -xtype l)
	equal '' "$bad"
	equal 'README VERSION bin share ' "$(LC_ALL=C ls out/native | tr '\n' ' ')"
}

@test "VERSION: the project first, then what is in it, as pinned" {
	local name version
	equal "native $(sed -n 's/^VERSION *:= *//p' Makefile)" "$(head -n 1 out/native/VERSION)"
	for name in musl busybox tcpdump libpcap xz yyjson libiberty ncurses netbase; do
		version=$(sed -n "s/^$name //p" out/native/VERSION)
		awk -v n="$name" -v v="$version" '$1 == n && $2 == v { f = 1 } END { exit !f }' build/pins ||
			{ echo "$name $version is not in build/pins"; return 1; }
	done
	equal 10 "$(wc -l <out/native/VERSION)"
}

@test "README: one screen" {
	[ "$(wc -l <out/native/README)" -le 40 ]
	[ "$(wc -L <out/native/README)" -le 80 ]
}

@test "share/man: a page for each manual in the sources, and tcpdump's and its filters'" {
	local page
	for page in toolbox/*.1 bpf/*.1 injector/*.8 tcpdump.1 pcap-filter.7; do
		[ "$(wc -l <"out/native/share/man/${page##*/}")" -ge 20 ] || { echo "$page"; return 1; }
	done
	equal "$(ls toolbox/*.1 bpf/*.1 injector/*.8 | wc -l)" "$(($(ls out/native/share/man | wc -l) - 2))"
	never_found=$(grep -lE '@[A-Z_]+@|\\f[BIR]' out/native/share/man/* || :)
	equal '' "$never_found"
	grep -q '^IN /NATIVE$' out/native/share/man/tcpdump.1
}

@test "the list of tools that users see is what is in bin: build/tree insists" {
	diff <(ls -A out/native/bin | LC_ALL=C sort) \
		<(sed -n 's/^TOOL("\([^"]*\)",.*/\1/p' toolbox/native/tools.def | LC_ALL=C sort)
}

@test "share: services and protocols answer the usual questions" {
	grep -Eq '^mysql[[:space:]]+3306/tcp' out/native/share/services
	grep -Eq '^https[[:space:]]+443/tcp' out/native/share/services
	grep -Eq '^tcp[[:space:]]+6[[:space:]]' out/native/share/protocols
}

@test "share/terminfo: the terminals people sit at can be read, and move the cursor" {
	local t
	for t in xterm xterm-256color screen screen-256color tmux tmux-256color linux vt100 vt220 rxvt \
		rxvt-unicode-256color konsole putty alacritty kitty xterm-kitty foot st-256color ghostty xterm-ghostty \
		cygwin sun ansi; do
		TERMINFO_DIRS='' TERMINFO=$PWD/out/native/share/terminfo tput -T "$t" cup 3 4 >/dev/null || { echo "$t"; return 1; }
	done
	TERMINFO=$PWD/out/native/share/terminfo tput -T dumb cr >/dev/null
}

@test "the bundle is the tree: sorted, root's, one time stamp, nothing else" {
	diff <(cd out/native && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort) \
		<(tar -tf out/bundle.tar | sed 's|/$||' | LC_ALL=C sort)
	equal '0/0' "$(tar --numeric-owner -tvf out/bundle.tar | awk '{ print $2 }' | sort -u)"
	equal 1 "$(TZ=UTC tar -tvf out/bundle.tar | awk '{ print $4, $5 }' | sort -u | wc -l)"
	mkdir "$BATS_TEST_TMPDIR/x"
	tar -xf out/bundle.tar -C "$BATS_TEST_TMPDIR/x"
	diff -r --no-dereference "$BATS_TEST_TMPDIR/x" out/native
	xz -dc out/bundle.tar.xz | cmp - out/bundle.tar
}

@test "the bundle's digest, size and version are in the object" {
	grep -q "asciz \"$(sha256sum <out/bundle.tar | cut -c1-16)\"" out/bundle.S
	grep -q "quad $(stat -c %s out/bundle.tar)\$" out/bundle.S
	grep -aqF "$(sha256sum <out/bundle.tar | cut -c1-16)" out/inject
	equal "$(head -n 1 out/native/VERSION | cut -d' ' -f2)" "$(out/inject --version | awk 'NR == 1 { print $2 }')"
}

@test "liblzma holds no encoder, and not the code that its known faults are in" {
	local have
	have=$(nm out/sysroot/lib/liblzma.a 2>/dev/null | awk '$2 == "T" { print $3 }')
	grep -qx lzma_stream_buffer_decode <<<"$have"
	! grep -Ex 'lzma_(index_append|index_decoder|alone_decoder|auto_decoder|lzip_decoder|microlzma_decoder|stream_encoder|easy_encoder|stream_decoder_mt)' <<<"$have"
}

@test "the fixes of build/patches are in what was compiled" {
	grep -q 'sec_off > sec_sz || prog_sz > sec_sz - sec_off' out/src/libbpf-*/src/libbpf.c
	grep -q 'rawdata_base != NULL' out/src/elfutils-*/libelf/elf_strptr.c
	equal 2 "$(grep -c 'if (len2 < 0)' out/src/zlib-*/crc32.c)"
}
