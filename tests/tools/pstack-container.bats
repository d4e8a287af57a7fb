# pstack in containers that hold one program and nothing else, under their own rights.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# shows NAME: what it prints of process 1: its line, and a frame of its program with a name or an offset.
shows() {
	[[ ${lines[0]} == "1:	"* ]] || { echo "$output"; return 1; }
	grep -qE '^ [0-9a-f]{16} .*(\[one\]|/one\+0x[0-9a-f]+.*)( \?)?$' <<<"$output" || { echo "$output"; return 1; }
	! grep -q 'cannot be traced' <<<"$output"
}

@test "pstack in a default container, as root" {
	start web
	inject_ok web
	run -0 in_container web /native/bin/pstack 1
	shows
	run -0 in_container web /native/bin/pstack --snapshot 1
	shows
	equal S "$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$(pid_of web)/status")"
}

@test "pstack as uid 65532, without capabilities, read-only: its own processes, and a sentence for those of others" {
	start web --user 65532:65532 --read-only --cap-drop ALL --security-opt no-new-privileges
	inject_ok web
	run -0 docker exec --user 65532:65532 web /native/bin/pstack 1
	shows
	run -1 docker exec --user 65533:65533 web /native/bin/pstack 1
	equal 'pstack: process 1: not allowed to trace it: run pstack as its user, or with CAP_SYS_PTRACE' "$output"
}
