# Finding containers: by name, id and prefix, with several daemons, with daemons that hang; and what
# --list, --json and --explain say about it.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

@test "by name, full id and unique prefixes of the id: the same container" {
	start web
	start other
	id=$(id_of web)
	inject_ok web
	for spec in "$id" "${id:0:12}" "${id:0:8}" /web; do
		inject_ok "$spec"
		equal "$spec: is there already at /native ($VERSION)" "$out"
	done
	equal '' "$(mounts_of other)"
}

@test "a name that is the beginning of another container's id: the name wins" {
	start web
	name=$(id_of web)
	name=${name:0:12}
	start "$name"
	inject_ok "$name"
	works_in "$name"
	equal '' "$(mounts_of web)"
}

@test "a renamed container is found by its new name only" {
	start old
	docker rename old shop
	inject_fails old
	says 'no such container' shop
	inject_ok shop
	equal "shop: attached at /native ($VERSION)" "$out"
}

@test "two daemons, with other data-roots and exec-roots, one with a containerd of its own: both are found" {
	CONTAINERD=1 daemon_up second --cgroup-parent=/native-test
	start web
	DOCKER_HOST=unix://$SUITE/second/sock start shop
	inject_ok web shop
	equal "$(printf '%s: attached at /native (%s)\n' web "$VERSION" shop "$VERSION")" "$out"
	works_in web
	DOCKER_HOST=unix://$SUITE/second/sock works_in shop
	inject_ok --list
	prints web shop
}

@test "two daemons, one name: ambiguous, the ids decide" {
	CONTAINERD=1 daemon_up second --cgroup-parent=/native-test
	start web
	DOCKER_HOST=unix://$SUITE/second/sock start web
	first=$(id_of web)
	second=$(DOCKER_HOST=unix://$SUITE/second/sock id_of web)
	inject_fails web
	says 'inject: web: ' 'more than one' "$first" "$second"
	inject_ok "${second:0:12}"
	equal '' "$(mounts_of web)"
	DOCKER_HOST=unix://$SUITE/second/sock works_in web
}

@test "the daemons hang: list, inject, remove go on as if nothing was" {
	start web
	start shop
	inject_ok shop
	stop_daemons
	run ! timeout -k 1 2 docker ps
	inject_ok --list
	prints web shop "$VERSION at /native"
	inject_ok web
	equal "web: attached at /native ($VERSION)" "$out"
	equal /native "$(mounts_of pid:"$(awk '$1 == "web" { print $3 }' <("$INJECT" --list))")"
	inject_ok --remove shop
	equal 'shop: removed from /native' "$out"
	go_daemons
	works_in web
}

@test "the daemons are dead, the containers live on: still found, still injected" {
	daemon_up doomed --live-restore --cgroup-parent=/native-test
	DOCKER_HOST=unix://$SUITE/doomed/sock
	start web
	pid=$(pid_of web)
	STARTED+=("$pid")
	JUNK+=("$SUITE/doomed/data/containers")
	for f in "$SUITE/doomed/pid" "$SUITE/doomed/exec/containerd/containerd.pid"; do end_process "$(cat "$f")"; done
	rm "$SUITE/doomed/ready"
	run ! timeout -k 1 5 docker ps
	[ -e "/proc/$pid" ]
	inject_ok --list
	prints web
	inject_ok web
	equal "web: attached at /native ($VERSION)" "$out"
	equal /native "$(mounts_of "pid:$pid")"
	inject_ok --remove web
}

@test "a state file that says running of a container long dead: --all and --remove --all do not mind" {
	start web
	fake_state "$(printf 'd%063d' 0)" '.Name = "/dead" | .State.Pid = 4194303' web
	inject_ok --list
	[[ "$(grep '^dead ' <<<"$out" | tr -s ' ')" == *' stopped '* ]]
	inject_fails dead
	inject_ok --all
	equal "web: attached at /native ($VERSION)" "$out"
	inject_ok --remove --all
	no_leftovers
}

# --- --list ----------------------------------------------------------------------------------------

@test "--list: a table of name, id, pid, engine, state, image and /native" {
	start web
	start plain
	start rest
	docker pause rest
	start gone
	docker kill gone
	inject_ok web
	inject_ok --list
	equal 'NAME ID PID ENGINE STATE IMAGE NATIVE' "$(head -n 1 <<<"$out" | tr -s ' ')"
	equal 5 "$(wc -l <<<"$out")"
	row() { grep "^$1 " <<<"$out" | tr -s ' ' | sed 's/ $//'; }
	short() { id_of "$1" | cut -c1-12; }
	equal "web $(short web) $(pid_of web) docker running native-test/one $VERSION at /native" "$(row web)"
	[[ "$(row plain)" =~ ^"plain $(short plain) $(pid_of plain) docker running native-test/one"( -)?$ ]]
	[[ "$(row rest)" =~ ^"rest $(short rest) $(pid_of rest) docker paused native-test/one"( -)?$ ]]
	[[ "$(row gone)" =~ ^"gone $(short gone)"( -)?" docker stopped native-test/one"( -)?$ ]]
}

@test "--list with nothing running: the heading, exit 0" {
	inject_ok --list
	equal 1 "$(wc -l <<<"$out")"
}

@test "--list does not change anything on the host" {
	start web
	inject_ok --list
	no_leftovers
}

@test "--list shows a process with the tools that is no container's, and an older version" {
	start web
	ns_process
	"$OUT/test/inject-newer" web
	inject_ok "pid:$ns_pid"
	inject_ok --list
	prints "pid:$ns_pid" "$VERSION at /native" '99.0.0 at /native'
}

@test "--list shows where the tools are when that is not /native" {
	start web
	inject_ok --at /dev/native web
	inject_ok --list
	prints "$VERSION at /dev/native"
}

@test "--list --json: the same as data" {
	need jq
	start web
	start plain
	start gone
	docker kill gone
	inject_ok web
	inject_ok --list --json
	get() { jq -r "$1" <<<"$out"; }
	equal 3 "$(get length)"
	equal "$(id_of web)" "$(get '.[] | select(.name == "web") | .id')"
	equal "$(pid_of web)" "$(get '.[] | select(.name == "web") | .pid')"
	equal docker "$(get '.[] | select(.name == "web") | .engine')"
	equal running "$(get '.[] | select(.name == "web") | .state')"
	equal native-test/one "$(get '.[] | select(.name == "web") | .image')"
	equal "/native $VERSION $DIGEST" "$(get '.[] | select(.name == "web") | .native | "\(.path) \(.version) \(.digest)"')"
	equal null "$(get '.[] | select(.name == "plain") | .native')"
	equal 'stopped null' "$(get '.[] | select(.name == "gone") | "\(.state) \(.pid)"')"
}

@test "a hostile process name does not disturb the list, nor reach the terminal" {
	need jq
	start evil -- /one $'a\nb\033[31m) S 1'
	start web
	inject_ok evil
	works_in evil
	inject_ok --list
	equal 3 "$(wc -l <<<"$out")"
	never odd_bytes "$out"
	inject_ok --list --json
	equal "$(pid_of evil)" "$(jq -r '.[] | select(.name == "evil") | .pid' <<<"$out")"
}

@test "hostile strings in state files are made harmless" {
	start web
	twin=$(printf 'f%063d' 0)
	fake_state "$twin" '.Name = "/a\u001b[31m\nb\u009b\u202e" | .Config.Image = "x\u0007\ny"' web
	inject_ok --list
	equal 3 "$(wc -l <<<"$out")"
	never odd_bytes "$out"
	inject_ok --list --json
	equal 2 "$(jq length <<<"$out")"
	never odd_bytes "$out"
	inject_fails "${twin:0:12}"
}

@test "a broken state file: the other containers are found, and the file is named" {
	start web
	data=$SUITE/docker/data/containers
	for i in 1 2 3 4; do
		bad=$data/$(printf '%064d' $i)
		mkdir "$bad"
		JUNK+=("$bad")
		case $i in
		1) echo '{' >"$bad/config.v2.json" ;;
		2) : >"$bad/config.v2.json" ;;
		3) mkfifo "$bad/config.v2.json" ;;
		4) echo '[1, {"State": "x"}]' >"$bad/config.v2.json" ;;
		esac
	done
	inject_ok web
	try --list
	[ "$rc" = 0 ]
	prints web
	says "$(printf '%064d' 1)/config.v2.json"
}

# --- --json and --explain ----------------------------------------------------------------------------

@test "--json: one array, one object a container, errors with step, errno and sentence" {
	need jq
	start web
	start stopped
	docker kill stopped
	IMAGE=native-test/bb start link
	in_container link /bin/ln -s /etc /native
	try --json web stopped link nosuch
	[ "$rc" = 1 ]
	equal 4 "$(jq length <<<"$out")"
	equal "web $(id_of web) $(pid_of web) docker /native attached $VERSION" \
		"$(jq -r '.[0] | "\(.container) \(.id) \(.pid) \(.engine) \(.path) \(.result) \(.version)"' <<<"$out")"
	equal 'stopped failed true' "$(jq -r '.[1] | "\(.container) \(.result) \(.error.message | contains("not running"))"' <<<"$out")"
	equal 'link failed point true' "$(jq -r '.[2] | "\(.container) \(.result) \(.error.step) \(.error.message | contains("symbolic link"))"' <<<"$out")"
	equal 'nosuch failed find number' "$(jq -r '.[3] | "\(.container) \(.result) \(.error.step) \(.error.errno | type)"' <<<"$out")"
	equal 3 "$(grep -c '^inject: ' <<<"$err")"
	try --json web
	equal already "$(jq -r '.[0].result' <<<"$out")"
	try --json --remove web
	equal removed "$(jq -r '.[0].result' <<<"$out")"
	try --json --remove web
	equal nothing "$(jq -r '.[0].result' <<<"$out")"
}

@test "--json when the host itself will not do: still valid JSON" {
	need jq
	start web
	WRAP=("$PROGS/deny" fsopen)
	try --json web
	WRAP=(env)
	[ "$rc" = 1 ]
	equal true "$(jq -r 'map(.error.message | contains("fsopen")) | any' <<<"$out")"
}

@test "--explain names the files and what proved the process" {
	start web
	id=$(id_of web)
	try --explain web
	[ "$rc" = 0 ]
	equal "web: attached at /native ($VERSION)" "$out"
	says "$SUITE/docker/data/containers/$id/config.v2.json" "/proc/$(pid_of web)/cgroup" proved \
		"/run/native/$DIGEST" locked 'made the directory /native' "pid $(pid_of web)"
}

@test "--explain says so when it goes through a clone, and when it goes elsewhere" {
	start web --read-only
	try --explain web
	says 'writable clone'
	IMAGE=native-test/bb start link
	in_container link /bin/ln -s /etc /native
	try --explain --at auto link
	[ "$rc" = 0 ]
	says symlink /dev/native
}
