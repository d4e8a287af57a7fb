# bats file_tags=check
# Finding and verifying the sources, without any network.

load common

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	S=$BATS_TEST_TMPDIR/sources
	mkdir "$S"
	MUSL=$(cd "$TOP" && pin musl 3)
	HASH=$(cd "$TOP" && pin musl 4)
	FETCH=$TOP/build/fetch
	unset APT_CONFIG
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
}

# A file with a pin of its own, so that a right tarball can be had without the real one.
own_pin() {
	echo 'the right content' >"$S/thing.tar"
	printf 'thing 1.0 thing.tar %s MIT\n' "$(sha256sum <"$S/thing.tar" | cut -d' ' -f1)" >pins
	export PINS=$PWD/pins
}

@test "fetch: a missing tarball is one sentence with name and hash" {
	run env SOURCES="$S" "$FETCH" musl
	equal 1 "$status"
	equal "fetch: $MUSL (sha256 $HASH): not in the directory $S; put it there and run make again" "$output"
}

@test "fetch: a wrong tarball is one sentence with both hashes" {
	echo nonsense >"$S/$MUSL"
	run env SOURCES="$S" "$FETCH" musl
	equal 1 "$status"
	equal "fetch: $S/$MUSL: this is not musl $(cd "$TOP" && pin musl 2): sha256 $(sha256sum <"$S/$MUSL" | cut -d' ' -f1) found, $HASH wanted; replace or remove it" "$output"
}

@test "fetch: a tarball damaged in the cache is not used" {
	own_pin
	local sha
	sha=$(awk '{ print $4 }' pins)
	mkdir -p "cache/native/$sha"
	echo 'other content' >"cache/native/$sha/thing.tar"
	run "$FETCH" thing
	equal 1 "$status"
	[[ $output == *"this is not thing 1.0"*"$sha wanted"* ]]
}

@test "fetch: SOURCES holds tarballs by name, by hash, or as the cache does" {
	own_pin
	local sha
	sha=$(awk '{ print $4 }' pins)
	equal "thing 1.0 $S/thing.tar" "$(SOURCES=$S "$FETCH" thing)"
	mv "$S/thing.tar" "$S/$sha"
	equal "thing 1.0 $S/$sha" "$(SOURCES=$S "$FETCH" thing)"
	mv "$S/$sha" x && mkdir "$S/$sha" && mv x "$S/$sha/thing.tar"
	equal "thing 1.0 $S/$sha/thing.tar" "$(SOURCES=$S "$FETCH" thing)"
}

@test "fetch: what is in the cache is taken without asking apt" {
	own_pin
	local sha
	sha=$(awk '{ print $4 }' pins)
	mkdir -p "cache/native/$sha" bin
	mv "$S/thing.tar" "cache/native/$sha/"
	printf '#!/bin/sh\necho "apt was called" >&2\nexit 1\n' >bin/apt-get
	cp bin/apt-get bin/apt-config
	chmod +x bin/*
	run env PATH="$PWD/bin:$PATH" "$FETCH" thing
	equal 0 "$status"
	equal "thing 1.0 $PWD/cache/native/$sha/thing.tar" "$output"
}

@test "fetch: the second choice is taken when the first is not there, and said" {
	own_pin
	sed -i '1i thing 2.0 thing2.tar 0000 MIT' pins
	SOURCES=$S "$FETCH" thing >out 2>err
	equal "thing 1.0 $S/thing.tar" "$(cat out)"
	equal 'fetch: thing2.tar (sha256 0000) cannot be had: taking thing 1.0 instead' "$(cat err)"
}

@test "fetch: without a network the sentence says what is missing and what to do" {
	unshare -rn true 2>/dev/null || skip 'this user may not make a network namespace'
	run unshare -rn "$FETCH" musl
	equal 1 "$status"
	equal 'fetch: reading the archive'\''s source indexes' "${lines[0]}"
	[[ ${lines[1]} == "fetch: $MUSL (sha256 $HASH): not in the cache "*"apt-get update failed ("*"without a network: make SOURCES=directory" ]]
	equal 2 "${#lines[@]}"
}

# entry_of FILE...: which entry fetch takes from these lists; apt itself is replaced, so nothing is fetched.
entry_of() {
	mkdir -p etc/sources.list.d bin
	cat >bin/apt-config <<-X
		#!/bin/sh
		echo "etc='$PWD/etc/'; list='$PWD/etc/sources.list'; parts='$PWD/etc/sources.list.d/'"
	X
	printf '#!/bin/sh\nexit 1\n' >bin/apt-get
	chmod +x bin/*
	PATH=$PWD/bin:$PATH "$FETCH" musl >/dev/null 2>&1 || :
	sed -n 's/^\(URIs\|Signed-By\): //p' cache/native/apt/parts/native.sources | sort -u | tr '\n' ' '
}

@test "fetch: finds the main entry in deb822 sources" {
	mkdir -p etc/sources.list.d
	touch key.gpg
	cat >etc/sources.list.d/a.sources <<-X
		# other people's
		Types: deb
		URIs: http://a.example/apt
		Suites: stable
		Components: other
		Signed-By: $PWD/key.gpg

		Types: deb
		Enabled: no
		URIs: http://b.example/debian
		Suites: bookworm
		Components: main

		Types: deb
		URIs: http://s.example/debian-security
		Suites: bookworm-security
		Components: main

		Types: deb deb-src
		URIs: http://m.example/debian
		Suites: bookworm bookworm-updates
		Components: contrib
		 main
		Signed-By: $PWD/key.gpg
	X
	equal "$PWD/key.gpg http://m.example/debian " "$(entry_of)"
}

@test "fetch: finds the main entry in a one-line sources.list" {
	mkdir -p etc
	touch key.gpg
	cat >etc/sources.list <<-X
		# deb http://c.example/debian bookworm main
		deb http://p.example/pg bookworm-pgdg main
		deb [arch=amd64 signed-by=$PWD/key.gpg] http://m.example/debian bookworm main contrib # the main one
		deb http://s.example/debian-security bookworm-security main
	X
	equal "$PWD/key.gpg http://m.example/debian " "$(entry_of)"
}

@test "unpack: a patch that does not apply is one sentence" {
	own_pin
	mkdir -p build/patches/thing src/thing
	echo 'some line' >src/thing/file
	tar -cf "$S/thing.tar" -C src thing
	printf 'thing 1.0 thing.tar %s MIT\n' "$(sha256sum <"$S/thing.tar" | cut -d' ' -f1)" >build/pins
	cp "$TOP/build/fetch" "$TOP/build/unpack" build/
	printf -- '--- a/file\n+++ b/file\n@@ -1 +1 @@\n-another line\n+changed\n' >build/patches/thing/01-x.patch
	run env -u PINS SOURCES="$S" build/unpack thing out
	equal 1 "$status"
	[[ $output == "unpack: build/patches/thing/01-x.patch: does not apply to thing 1.0: "* ]]
	[ ! -e out/stamp/thing.src ]

	sed -i 's/another line/some line/' build/patches/thing/01-x.patch
	env -u PINS SOURCES="$S" build/unpack thing out
	equal changed "$(cat out/src/thing-1.0/file)"
	equal 'thing 1.0' "$(cat out/stamp/thing.src)"
}
