# netstat in containers that hold one program and nothing else, under their own rights: scenarios.md 2 as typed.

setup() {
	load ../lib
	native_setup
}
teardown() { native_teardown; }

# pool NAME [OPTION]...: a container whose one program holds 257 connections to MySQL.
pool() {
	local name=$1
	shift
	start "$name" -i -v "$PROGS:/progs:ro" "$@" -- /progs/sockets 257
	wait_for pool_ready "$name"
	inject_ok "$name"
}
pool_ready() { docker logs "$1" | grep -q ready; }

sh_in() { in_container "$1" /native/bin/sh -c "$2"; }

@test "netstat in a container: 257 sockets, by name of service, without /etc/services" {
	pool web
	[ "$(sh_in web 'ls /etc/services 2>/dev/null | wc -l')" = 0 ]
	equal 257 "$(sh_in web 'netstat -t | awk "\$5 ~ /:mysql\$/" | wc -l')"
	# Both ends of each are here.
	equal 514 "$(sh_in web 'netstat | grep mysql | wc -l')"
	equal 514 "$(sh_in web 'netstat -antp | grep -c " ESTABLISHED 1/sockets "')"
	run -0 sh_in web 'netstat --count'
	[[ ${lines[0]} == "257 of "*" sockets go to mysql (tcp port 3306), 257 of them ESTABLISHED; 1/sockets holds 257 and has "*" of "*" files open." ]]
}

@test "netstat in a container: counters, routes, interfaces, groups" {
	pool web
	run -0 sh_in web 'netstat -s'
	[[ $output == *'Tcp:'*'active connection openings'*'TcpExt:'*'IpExt:'* ]]
	run -0 sh_in web 'netstat -r'
	equal 2 "${#lines[@]}"
	run -0 sh_in web 'netstat -i'
	[[ ${lines[2]} == lo* ]]
	equal 3 "${#lines[@]}"
	run -0 sh_in web 'netstat -gn'
	[[ $output == *'lo              1      224.0.0.1'* ]]
}

@test "netstat in a container: as uid 65532, with no capability, read-only" {
	pool web --user 65532 --cap-drop ALL --read-only
	run -0 in_container -u 65532 web /native/bin/netstat -antp
	equal 514 "$(grep -c ' ESTABLISHED 1/sockets ' <<<"$output")"
	# As another user: the sockets, and why no program is named.
	run -0 --separate-stderr in_container -u 1000 web /native/bin/netstat -antp
	equal 514 "$(grep -c ' ESTABLISHED - ' <<<"$output")"
	equal '(No info could be read for "-p": geteuid()=1000 but you should be root.)' "$stderr"
	run -0 --separate-stderr in_container -u 65532 web /native/bin/netstat --count -n
	equal '' "$stderr"
	run -0 in_container -u 65532 web /native/bin/netstat -ant --tcp-info
	grep -q '127[0-9.]*:3306 *ESTABLISHED *[0-9.]* *[0-9.]* *10 ' <<<"$output"
}

@test "netstat in a container: its own network only" {
	pool web
	start other
	inject_ok other
	equal 0 "$(sh_in other 'netstat -an | grep -c :3306 || :')"
	# In the network of another container: its sockets, but not its processes.
	start guest --network container:web
	inject_ok guest
	equal 257 "$(sh_in guest 'netstat -ant | grep -c "127.*:3306 .*:[0-9]* *ESTABLISHED"')"
	equal 0 "$(sh_in guest 'netstat -antp 2>/dev/null | grep -c 1/sockets || :')"
}
