#!/usr/bin/env bats
# Archives of strangers: what a listing shows, and that nothing is extracted outside.

# shellcheck disable=SC2086,SC2016

load helpers

setup_file() {
	[ -x "$NATIVE/bin/busybox" ] || fail "no $NATIVE: run make"
}
setup() {
	BB=$NATIVE/bin
	cd "$BATS_TEST_TMPDIR" || return 1
	mkdir in
}

@test "CVE-2025-46394: tar -t let names hide rows" {
	for n in "${NAMES[@]}"; do : >"in/$n"; done
	ln -s $'tar\e[2Jget' $'in/link\e[A'
	tar -C in -cf a.tar --owner=$'o\e[2Jwn:0' .
	n=$((${#NAMES[@]} + 2))
	"$BB/tar" -tf a.tar >out; is_safe out; rows $n out
	"$BB/tar" -tvf a.tar >out; is_safe out; rows $n out
	grep -qF 'link?[A -> tar?[2Jget' out
	mkdir x
	"$BB/tar" -C x -xvf a.tar >out; is_safe out; rows $n out
	diff -r --no-dereference in x
	"$BB/tar" -C in -cvf b.tar . >out; is_safe out; rows $n out
}

@test "cpio -t, ar t, unzip -l: listings" {
	for n in "${NAMES[@]}"; do : >"in/$n"; done
	(cd in && find . -print0 | "$BB/cpio" -0 -o -H newc) >a.cpio 2>/dev/null
	"$BB/cpio" -t <a.cpio >out 2>/dev/null; is_safe out; rows $((${#NAMES[@]} + 1)) out
	"$BB/cpio" -tv <a.cpio >out 2>/dev/null; is_safe out; rows $((${#NAMES[@]} + 1)) out
	printf '!<arch>\n%-16s%-12s%-6s%-6s%-8s%-10s`\n' $'e\e[2J/' 0 0 0 100644 0 >a.ar
	"$BB/ar" t a.ar >out; is_safe out; rows 1 out
	"$BB/ar" tv a.ar >out; is_safe out; rows 1 out
	perl -e 'my $n = "z\e[2J\x9b\nip"; my $l = length $n;
		my $local = pack("VvvvvvVVVvv", 0x04034b50, 10, 0, 0, 0, 0, 0, 0, 0, $l, 0) . $n;
		my $dir = pack("VvvvvvvVVVvvvvvVV", 0x02014b50, 10, 10, 0, 0, 0, 0, 0, 0, 0, $l, 0, 0, 0, 0, 0, 0) . $n;
		print $local, $dir, pack("VvvvvVVv", 0x06054b50, 0, 0, 1, 1, length $dir, length $local, 0)' >a.zip
	"$BB/unzip" -l a.zip >out; is_safe out; rows 6 out
	grep -qF 'z?[2J??ip' out
}

@test "CVE-2023-39810: cpio and ar wrote outside the directory" {
	mkdir in/sub
	echo evil >evil
	echo ../evil | (cd in && "$BB/cpio" -o -H newc) >a.cpio 2>/dev/null
	echo good >evil
	mkdir -p out/sub
	(cd out/sub && "$BB/cpio" -idu <../../a.cpio) 2>/dev/null
	is evil "$(cat out/sub/evil)"
	is good "$(cat evil)"
	[ ! -e out/evil ]
	printf '!<arch>\n%-16s%-12s%-6s%-6s%-8s%-10s`\nevil' '../evil/' 0 0 0 100644 4 >a.ar
	(cd out/sub && "$BB/ar" x ../../a.ar) || :
	[ ! -e out/evil ]
	is evil "$(cat out/sub/evil)"
}

@test "CVE-2026-26157: '..' as the last component changed the directory above" {
	mkdir -p out/sub
	chmod 0751 out
	perl -e '
		sub member { my ($name, $mode, $type, $link) = @_;
			my $h = pack("a100 a8 a8 a8 a12 a12 a8 a1 a100 a6 a2", $name, $mode, "0000000", "0000000",
				"00000000000", "00000000000", " " x 8, $type, $link, "ustar", "00");
			$h .= "\0" x (512 - length $h);
			substr($h, 148, 8) = sprintf("%06o\0 ", unpack("%32C*", $h));
			$h }
		print member("..", "0000777", "5", ""), member("x/..", "0000777", "5", ""), "\0" x 1024' >a.tar
	(cd out/sub && "$BB/tar" -xf ../../a.tar) || :
	is 751 "$(stat -c %a out)"
	is 755 "$(stat -c %a out/sub)"
}

@test "CVE-2026-26158: a hard link led outside the directory" {
	mkdir -p out/sub
	echo secret >out/secret
	perl -e '
		my $h = pack("a100 a8 a8 a8 a12 a12 a8 a1 a100 a6 a2", "here", "0000644", "0000000", "0000000",
			"00000000000", "00000000000", " " x 8, "1", "../secret", "ustar", "00");
		$h .= "\0" x (512 - length $h);
		substr($h, 148, 8) = sprintf("%06o\0 ", unpack("%32C*", $h));
		print $h, "\0" x 1024' >a.tar
	(cd out/sub && "$BB/tar" -xf ../../a.tar) 2>/dev/null || :
	[ ! -e out/sub/here ]
	is 1 "$(stat -c %h out/secret)"
}

@test "hard links and links inside an archive still work" {
	echo text >in/a
	ln in/a in/b
	ln -s ../in/a in/c
	tar -C in -cf a.tar .
	mkdir x
	"$BB/tar" -C x -xf a.tar
	is "$(stat -c %i x/a)" "$(stat -c %i x/b)"
	is ../in/a "$(readlink x/c)"
	(cd in && find . | "$BB/cpio" -o -H newc) >a.cpio 2>/dev/null
	mkdir y
	(cd y && "$BB/cpio" -id <../a.cpio) 2>/dev/null
	is "$(stat -c %i y/a)" "$(stat -c %i y/b)"
}

@test "CVE-2025-60876: a URL added a header to the request" {
	run -1 "$BB/wget" -O - $'http://127.0.0.1:1/\r\nX-Evil: 1'
	is 'wget: blank or control character in URL: http://127.0.0.1:1/??X-Evil: 1' "$output"
	run -1 "$BB/wget" -O - 'http://127.0.0.1:1/ HTTP/1.0'
	is 'wget: blank or control character in URL: http://127.0.0.1:1/ HTTP/1.0' "$output"
}
