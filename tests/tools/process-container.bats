# pfiles, pargs, ptree, pmap and psmem in containers that hold one program and nothing else, under their own rights.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

@test "the process tools in a default container, as root" {
	start web
	inject_ok web
	run -0 in_container web /native/bin/ptree
	equal '1     /one' "${lines[0]}"
	# what docker exec runs has its parent outside
	[[ ${lines[1]} =~ ^[0-9]+\ +/native/bin/ptree$ ]]
	equal 2 "${#lines[@]}"
	run -0 in_container web /native/bin/pargs -aex 1
	equal '1:	/one' "${lines[0]}"
	equal 'argv[0]: /one' "${lines[1]}"
	[[ $output == *'envp['*']: PATH='*AT_PAGESZ*'AT_EXECFN '*' /one'* ]]
	run -0 in_container web /native/bin/pmap -x 1
	equal '1:   /one' "${lines[0]}"
	[[ $output == *' r-x-- one'* ]]
	run -0 in_container web /native/bin/pmap -XX 1
	run -0 in_container web /native/bin/psmem -k
	equal 3 "$(grep -c . <<<"$(sed 1d <<<"$output")")"
	grep -Eq '^ *1 +[a-z0-9]+ +0 +[0-9]+ +[0-9]+ +[0-9]+ +/one$' <<<"$output"
	run -0 in_container web /native/bin/pfiles 1
	[[ $output == *'   0: S_IFCHR '*'/dev/null'* ]]
	# its standard output is a pipe whose other end is the engine's, outside of the container
	[[ $output == *'peer: none in this pid namespace'* ]]
}

@test "the process tools as uid 65532, read-only, without capabilities" {
	start web --user 65532:65532 --read-only --cap-drop ALL --security-opt no-new-privileges
	inject_ok web
	for c in 'pfiles 1' 'pargs -aex 1' 'pmap -X 1' ptree psmem; do
		# shellcheck disable=SC2086
		run -0 --separate-stderr docker exec --user 65532:65532 web /native/bin/$c
		equal '' "$stderr"
		[ "${#lines[@]}" -ge 2 ]
	done
	# another user's: a sentence
	run -1 docker exec --user 65533:65533 web /native/bin/pfiles 1
	equal 'pfiles: process 1: permission denied: run pfiles as its user, or with CAP_SYS_PTRACE' "$output"
	run -1 docker exec --user 65533:65533 web /native/bin/pmap 1
	equal 'pmap: process 1: permission denied: run pmap as its user, or with CAP_SYS_PTRACE' "$output"
	run -1 --separate-stderr docker exec --user 65533:65533 web /native/bin/psmem
	equal 'psmem: 1 process may not be read: permission denied: of them RSS and SWAP alone are known; run psmem as their user, or with CAP_SYS_PTRACE' "$stderr"
	[[ $output == *' 65532 '*'/one'* ]]
	run -0 docker exec --user 65533:65533 web /native/bin/ptree
}

@test "pfiles: the sockets of one container, and who talks to whom in it" {
	start web -i -v "$PROGS:/progs:ro" -- /progs/sockets 3
	soon_ready() { docker logs web | grep -q ready; }
	wait_for soon_ready
	inject_ok web
	run -0 in_container web /native/bin/pfiles 1
	equal 3 "$(grep -c 'peername: AF_INET 127[0-9.]*  port: 3306$' <<<"$output")"
	equal 6 "$(grep -c '        peer: sockets\[1\] fd:' <<<"$output")"
	# from the host: in the container's network namespace, which is not ours
	run -0 "$OUT/toolbox/pfiles" "$(pid_of web)"
	equal 3 "$(grep -c 'peername: AF_INET 127[0-9.]*  port: 3306$' <<<"$output")"
}
