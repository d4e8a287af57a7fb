# bats file_tags=slow
# The same sources give the same bytes: in another directory, offline, for another user's settings.

load common

# Everything that is compiled or packed, as hashes.
sums() {
	(cd "$1" && sha256sum sysroot/lib/*.a busybox bundle.tar bundle.tar.xz bundle.o inject test/rawcount test/rawcount.bpf.o)
}

@test "two builds in two directories are bit-identical, the second without any network" {
	need_built out/inject out/test/rawcount
	local dir=$BATS_TEST_TMPDIR/'quite-another-place/of-another_length' sources=$BATS_TEST_TMPDIR/sources
	local name offline=()
	mkdir -p "$dir" "$sources"
	for name in $(sed 's/#.*//; s/ .*//' build/pins | sort -u); do
		build/fetch "$name" | while read -r _ _ path; do cp "$path" "$sources/"; done
	done
	cp -a Makefile build toolbox injector tests bpf "$dir/"
	# an old time stamp must not matter, nor a cautious umask, nor what is in the environment
	find "$dir" -exec touch -h -d 2001-01-01 {} +
	unshare -rn true 2>/dev/null && offline=(unshare -rn) ||
		echo '# this user may not make a network namespace: the second build could reach a network' >&3

	(
		cd "$dir"
		umask 077
		export HOME=$BATS_TEST_TMPDIR/home XDG_CACHE_HOME=$BATS_TEST_TMPDIR/home/cache
		export CFLAGS=-O3 LDFLAGS=-Wl,-z,now CC=false CPATH=/nonexistent TAR_OPTIONS=--xattrs XZ_OPT=-0 LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo
		"${offline[@]}" bash -c 'source "$0"; clean_make -j2 SOURCES="$1" all out/test/rawcount' \
			<(declare -f clean_make) "$sources" >"$BATS_TEST_TMPDIR/log" 2>&1 || { cat "$BATS_TEST_TMPDIR/log"; exit 1; }
	)
	[ ! -e "$BATS_TEST_TMPDIR/home/cache" ]
	diff <(sums out) <(sums "$dir/out")
}
