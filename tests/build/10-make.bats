# bats file_tags=check
# What make does again, and what it leaves alone. Nothing is built here: make only says what it would do.

load common

ALL=(all out/test/rawcount)

setup_file() {
	# usually nothing: the targets that run tests have built it
	clean_make -j2 "${ALL[@]}" >"$BATS_FILE_TMPDIR/log" 2>&1 || { cat "$BATS_FILE_TMPDIR/log"; return 1; }
}

@test "make: the second time there is nothing to do" {
	run clean_make -q "${ALL[@]}"
	equal 0 "$status"
	equal '' "$(would_do "${ALL[@]}")"
}

@test "make: a changed patch of zlib rebuilds zlib and what is compiled against it" {
	equal 'build:elfutils build:libbpf build:zlib bundle link:inject link:test/rawcount source:zlib tree ' \
		"$(would_do -W build/patches/zlib/01-combine-negative-length.patch "${ALL[@]}")"
}

@test "make: a changed patch of libbpf rebuilds libbpf and what has it in itself" {
	equal 'build:libbpf bundle link:inject link:test/rawcount source:libbpf tree ' \
		"$(would_do -W build/patches/libbpf/01-program-bounds.patch "${ALL[@]}")"
}

@test "make: a changed patch of BusyBox rebuilds BusyBox and the bundle" {
	local patch
	patch=$(find build/patches/busybox -name '*.patch' | head -n 1)
	equal 'build:busybox bundle link:inject source:busybox tree ' "$(would_do -W "$patch" "${ALL[@]}")"
}

@test "make: a patch that was taken away rebuilds its package" {
	equal 'build:elfutils build:libbpf bundle link:inject link:test/rawcount source:elfutils tree ' \
		"$(would_do -W build/patches/elfutils "${ALL[@]}")"
}

@test "make: a changed recipe builds anew without unpacking anew" {
	equal 'build:yyjson bundle link:inject tree ' "$(would_do -W build/recipe/yyjson "${ALL[@]}")"
}

@test "make: a changed configuration of BusyBox rebuilds BusyBox alone" {
	equal 'build:busybox bundle link:inject tree ' "$(would_do -W build/busybox.config "${ALL[@]}")"
}

@test "make: all of it waits for musl, and only musl is unpacked when musl changes" {
	equal 'build:busybox build:elfutils build:libbpf build:libiberty build:libpcap build:musl build:tcpdump build:xz build:yyjson build:zlib bundle link:inject link:test/rawcount source:musl tree ' \
		"$(would_do -W out/pin/musl "${ALL[@]}")"
}

@test "make: a changed pin is news to its own package alone" {
	# in a copy, because the pins are really cut up, even when make only says what it would do
	local copy=$BATS_TEST_TMPDIR/copy
	mkdir -p "$copy/out"
	cp -a Makefile bpf build toolbox injector tests "$copy/"
	cp -a out/pin out/stamp out/obj out/test out/toolbox out/busybox out/busybox.applets out/tcpdump out/bundle.[So] out/inject "$copy/out/"
	mkdir -p "$copy/out/sysroot"
	cd "$copy"
	equal '' "$(would_do "${ALL[@]}")"

	touch build/pins
	equal '' "$(would_do "${ALL[@]}")"

	sed -i '/^libbpf/s/BSD-2-Clause/BSD-3-Clause/' build/pins
	equal 'build:libbpf bundle link:inject link:test/rawcount source:libbpf tree ' "$(would_do "${ALL[@]}")"
}

@test "make help: names every target and variable a user may give" {
	local word
	run clean_make help
	equal 0 "$status"
	for word in all deps demo check test bench fuzz lint clean help ARCH SOURCES V; do
		grep -q "^ $word " <<<"$output" || { echo "not in the help: $word"; return 1; }
	done
}

@test "make: an unknown ARCH is refused in one sentence" {
	run clean_make ARCH=vax
	[ "$status" != 0 ]
	[[ $output == *'ARCH=vax is not known here; x86_64 and aarch64 are'* ]]
}

@test "make: a missing tool is named with its package before anything is built" {
	local bin=$BATS_TEST_TMPDIR/bin t
	mkdir "$bin"
	for t in sh dirname uname patch bzip2 flock sha256sum gcc x86_64-linux-gnu-gcc x86_64-linux-gnu-ar tic flex bison mandoc; do
		ln -s "$(command -v "$t")" "$bin/$t"
	done
	run env PATH="$bin" build/deps --check x86_64
	equal 1 "$status"
	equal 'deps: xz is missing: it is in the package xz-utils; make deps (as root) installs all that is needed' "$output"
	ln -s "$(command -v xz)" "$bin/xz"
	run env PATH="$bin" build/deps --check x86_64
	equal 0 "$status"
	equal '' "$output"
}
