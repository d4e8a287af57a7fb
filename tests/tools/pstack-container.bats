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

@test "code made at run time, by the perf map inside the container: as root, and as uid 65532 on a read-only root" {
	IMAGE=native-test/bb start web -- /bin/jit
	inject_ok web
	wait_for docker exec web /native/bin/test -s /tmp/perf-1.map
	run -0 in_container web /native/bin/pstack 1
	grep -qE '^ [0-9a-f]{16} .*JS:~handle /srv/app.js:7:3 \(\) \+ [0-9a-f]+ \[perf-1\.map\]$' <<<"$output"
	IMAGE=native-test/bb start nobody --user 65532:65532 --read-only --tmpfs /tmp --cap-drop ALL \
		--security-opt no-new-privileges -- /bin/jit
	inject_ok nobody
	wait_for docker exec nobody /native/bin/test -s /tmp/perf-1.map
	for how in --max=9 --snapshot --no-stop; do
		run -0 docker exec nobody /native/bin/pstack "$how" 1
		grep -qE '^ [0-9a-f]{16} .*JS:~handle /srv/app.js:7:3 \(\) \+ [0-9a-f]+ \[perf-1\.map\]$' <<<"$output"
	done
	# Another user's file is not believed.
	docker exec --user 65532:65532 nobody /native/bin/rm /tmp/perf-1.map
	docker exec --user 65533:65533 nobody /native/bin/sh -c 'echo "0 7fffffffffff WRONG" >/tmp/perf-1.map'
	run -0 docker exec --user 65532:65532 nobody /native/bin/pstack 1
	[[ $output != *WRONG* ]]
	[[ $output == *'made at run time, without a perf map'* ]]
}
