/* SPDX-License-Identifier: GPL-2.0-only
 * Sockets' calls in the layouts of three ABIs, netlink messages, and memory that lies. More is in
 * tests/strace/pretend, where strace 6.1 stands beside.
 */
#include "kinds.h"

#include <linux/netlink.h>

static int netlink_protocol;

static int netlink_of(void *ctx, pid_t tid, int fd)
{
	(void)ctx, (void)tid;
	return fd == 3 ? netlink_protocol : -1;
}

static bool interface_of(void *ctx, uint32_t index, struct out *o)
{
	(void)ctx;
	out_puts(o, "lo");
	return index == 1;
}

static const struct lookup lookup = { .ifname = interface_of, .netlink = netlink_of };

static const unsigned char inet[16] = { 2, 0, 0, 80, 127, 0, 0, 1 };

static void msghdr_follows_the_abi(void **state)
{
	uint64_t name = put(0, inet, 16), data = put(32, "hello", 5);
	uint64_t wide[7], iov[2] = { data, 5 }, at;
	uint32_t narrow[7], iov32[2] = { (uint32_t)data, 5 };
	struct {
		uint64_t len;
		uint32_t level, type, fd[2];
	} control = { 24, 1, 1, { 3, 4 } };
	struct {
		uint32_t len, level, type, fd[2];
	} control32 = { 20, 1, 1, { 3, 4 } };

	(void)state;
	wide[0] = name;
	wide[1] = 16;
	wide[2] = put(64, iov, sizeof(iov));
	wide[3] = 1;
	wide[4] = put(96, &control, sizeof(control));
	wide[5] = 24;
	wide[6] = 0x20;
	at = put(128, wide, sizeof(wide));
	const char *want = "sendmsg(9, {msg_name={sa_family=AF_INET, sin_port=htons(80), "
			   "sin_addr=inet_addr(\"127.0.0.1\")}, "
			   "msg_namelen=16, msg_iov=[{iov_base=\"hello\", iov_len=5}], "
			   "msg_iovlen=1, msg_control=[{cmsg_len=24, "
			   "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[3, 4]}], "
			   "msg_controllen=24, "
			   "msg_flags=MSG_TRUNC}, 0) = 5";
	SHOWS(want, ABI_X86_64, "sendmsg", { 9, at, 0 }, 5);
	SHOWS(want, ABI_AARCH64, "sendmsg", { 9, at, 0 }, 5);
	narrow[0] = (uint32_t)name;
	narrow[1] = 16;
	narrow[2] = (uint32_t)put(64, iov32, sizeof(iov32));
	narrow[3] = 1;
	narrow[4] = (uint32_t)put(96, &control32, sizeof(control32));
	narrow[5] = 20;
	narrow[6] = 0x20;
	at = put(128, narrow, sizeof(narrow));
	SHOWS("sendmsg(9, {msg_name={sa_family=AF_INET, sin_port=htons(80), "
	      "sin_addr=inet_addr(\"127.0.0.1\")}, "
	      "msg_namelen=16, msg_iov=[{iov_base=\"hello\", iov_len=5}], msg_iovlen=1, "
	      "msg_control=[{cmsg_len=20, "
	      "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[3, 4]}], msg_controllen=20, "
	      "msg_flags=MSG_TRUNC}, 0) = 5",
	      ABI_I386, "sendmsg", { 9, at, 0 }, 5);
}

static void epoll_event_is_packed_but_on_aarch64(void **state)
{
	uint32_t packed[3] = { 1, 5, 0 }, aligned[4] = { 1, 0, 5, 0 };
	uint64_t at = put(0, packed, sizeof(packed)), at4 = put(32, aligned, sizeof(aligned));

	(void)state;
	SHOWS("epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=5, u64=5}}) = 0",
	      ABI_X86_64, "epoll_ctl", { 3, 1, 4, at });
	SHOWS("epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=5, u64=5}}) = 0", ABI_I386,
	      "epoll_ctl", { 3, 1, 4, at });
	SHOWS("epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=5, u64=5}}) = 0",
	      ABI_AARCH64, "epoll_ctl", { 3, 1, 4, at4 });
}

static void times_of_control_messages_follow_the_abi(void **state)
{
	uint64_t wide[2 + 2] = { 32, 1ull | 29ull << 32, 1, 2 }, msg[7] = { 0 };
	uint32_t narrow[3 + 2] = { 20, 1, 29, 1, 2 }, msg32[7] = { 0 };

	(void)state;
	msg[4] = put(0, wide, sizeof(wide));
	msg[5] = sizeof(wide);
	SHOWS("recvmsg(9, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	      "msg_control=[{cmsg_len=32, "
	      "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_OLD, cmsg_data={tv_sec=1, "
	      "tv_usec=2}}], msg_controllen=32, "
	      "msg_flags=0}, 0) = 0",
	      ABI_AARCH64, "recvmsg", { 9, put(128, msg, sizeof(msg)), 0 });
	msg32[4] = (uint32_t)put(0, narrow, sizeof(narrow));
	msg32[5] = sizeof(narrow);
	SHOWS("recvmsg(9, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	      "msg_control=[{cmsg_len=20, "
	      "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_OLD, cmsg_data={tv_sec=1, "
	      "tv_usec=2}}], msg_controllen=20, "
	      "msg_flags=0}, 0) = 0",
	      ABI_I386, "recvmsg", { 9, put(128, msg32, sizeof(msg32)), 0 });
}

static void control_messages_bring_the_reader_on(void **state)
{
	uint64_t control[2] = { UINT64_MAX, 1ull | 1ull << 32 }, msg[7] = { 0 };

	(void)state;
	msg[4] = put(0, control, sizeof(control));
	msg[5] = sizeof(control);
	SHOWS("sendmsg(9, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	      "msg_control=[{cmsg_len=18446744073709551615, cmsg_level=SOL_SOCKET, "
	      "cmsg_type=SCM_RIGHTS}], "
	      "msg_controllen=16, msg_flags=0}, 0) = 0",
	      ABI_X86_64, "sendmsg", { 9, put(128, msg, sizeof(msg)), 0 });
	control[0] = 0;
	put(0, control, sizeof(control));
	SHOWS("sendmsg(9, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	      "msg_control=[{cmsg_len=0, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS}], "
	      "msg_controllen=16, msg_flags=0}, 0) = 0",
	      ABI_X86_64, "sendmsg", { 9, put(128, msg, sizeof(msg)), 0 });
	msg[5] = 1ull << 40;
	SHOWS("sendmsg(9, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	      "msg_control=0x10000, "
	      "msg_controllen=1099511627776, msg_flags=0}, 0) = 0",
	      ABI_X86_64, "sendmsg", { 9, put(128, msg, sizeof(msg)), 0 });
}

static void netlink_messages_of_routing(void **state)
{
	struct {
		struct nlmsghdr h;
		unsigned char link[16];
		uint16_t len, type;
		char name[4];
	} m = { { sizeof(m), 18, 0x301, 7, 0 }, { 0 }, 7, 3, "lo" };
	uint64_t at;

	(void)state;
	netlink_protocol = NETLINK_ROUTE;
	m.link[2] = 1;
	m.link[4] = 1;
	at = put(0, &m, sizeof(m));
	SHOWS("sendto(3, [{nlmsg_len=40, nlmsg_type=RTM_GETLINK, "
	      "nlmsg_flags=NLM_F_REQUEST|NLM_F_DUMP, nlmsg_seq=7, "
	      "nlmsg_pid=0}, {ifi_family=AF_UNSPEC, ifi_type=ARPHRD_ETHER, "
	      "ifi_index=if_nametoindex(\"lo\"), ifi_flags=0, "
	      "ifi_change=0}, [{nla_len=7, nla_type=IFLA_IFNAME}, \"lo\"]], 40, 0, NULL, 0) = 40",
	      ABI_X86_64, "sendto", { 3, at, sizeof(m) }, 40, .lookup = &lookup);
	/* Another descriptor is no netlink socket. */
	SHOWS("sendto(4, \"(\\0\\0\\0\\22\\0\\1\\3\", 8, 0, NULL, 0) = 8", ABI_X86_64, "sendto",
	      { 4, at, 8 }, 8, .lookup = &lookup);
}

static void netlink_errors_and_ends(void **state)
{
	struct {
		struct nlmsghdr h;
		int32_t error;
		struct nlmsghdr of;
	} m = { { sizeof(m), NLMSG_ERROR, 0, 7, 9 }, -19, { 32, 18, 1, 7, 0 } };
	struct {
		struct nlmsghdr h;
		int32_t v;
	} done = { { sizeof(done), NLMSG_DONE, 2, 7, 9 }, 0 };

	(void)state;
	netlink_protocol = NETLINK_ROUTE;
	SHOWS("sendto(3, [{nlmsg_len=36, nlmsg_type=NLMSG_ERROR, nlmsg_flags=0, nlmsg_seq=7, "
	      "nlmsg_pid=9}, {error=-ENODEV, "
	      "msg={nlmsg_len=32, nlmsg_type=RTM_GETLINK, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
	      "nlmsg_pid=0}}], 36, 0, "
	      "NULL, 0) = 36",
	      ABI_X86_64, "sendto", { 3, put(0, &m, sizeof(m)), sizeof(m) }, 36, .lookup = &lookup);
	SHOWS("sendto(3, [{nlmsg_len=20, nlmsg_type=NLMSG_DONE, nlmsg_flags=NLM_F_MULTI, "
	      "nlmsg_seq=7, nlmsg_pid=9}, 0], 20, "
	      "0, NULL, 0) = 20",
	      ABI_X86_64, "sendto", { 3, put(0, &done, sizeof(done)), sizeof(done) }, 20,
	      .lookup = &lookup);
}

static void netlink_lengths_may_lie(void **state)
{
	struct {
		struct nlmsghdr h;
		unsigned char link[16];
		uint16_t len, type;
	} m = { { sizeof(m), 16, 1, 7, 0 }, { 0 }, 0, 3 };

	(void)state;
	netlink_protocol = NETLINK_ROUTE;
	SHOWS("sendto(3, [{nlmsg_len=36, nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, "
	      "nlmsg_seq=7, nlmsg_pid=0}, "
	      "{ifi_family=AF_UNSPEC, ifi_type=ARPHRD_NETROM, ifi_index=0, ifi_flags=0, "
	      "ifi_change=0}, "
	      "{nla_len=0, nla_type=IFLA_IFNAME}], 36, 0, NULL, 0) = 36",
	      ABI_X86_64, "sendto", { 3, put(0, &m, sizeof(m)), sizeof(m) }, 36, .lookup = &lookup);
	m.h.nlmsg_len = 0;
	assert_non_null(strstr(show(&(struct shown){ ABI_X86_64,
						     "sendto",
						     { 3, put(0, &m, sizeof(m)), sizeof(m) },
						     36,
						     .lookup = &lookup }),
			       "{nlmsg_len=0, nlmsg_type=RTM_NEWLINK"));
}

static void dns_stands_behind_the_bytes(void **state)
{
	static const char query[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1";
	const unsigned char server[16] = { 2, 0, 0, 53, 127, 0, 0, 53 };
	uint64_t at = put(0, query, 19), to = put(64, server, 16);

	(void)state;
	SHOWS("sendto(4, \"\\0224\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\1a\\0\\0\\1\\0\\1\" /* DNS 0x1234 "
	      "query A a. */, 19, 0, "
	      "{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"127.0.0.53\")}, 16) = "
	      "19",
	      ABI_X86_64, "sendto", { 4, at, 19, 0, to, 16 }, 19, .dns = true);
	assert_null(
		strstr(show(&(struct shown){ ABI_X86_64, "sendto", { 4, at, 19, 0, to, 16 }, 19 }),
		       "DNS"));
}

static void sets_of_descriptors_have_a_limit(void **state)
{
	uint32_t set = 5;
	uint64_t at = put(0, &set, 4);

	(void)state;
	SHOWS("_newselect(3, [0 2], NULL, NULL, NULL) = 1 (in [0])", ABI_I386, "_newselect",
	      { 3, at }, 1);
	SHOWS("pselect6(2147483647, 0x10000, NULL, NULL, NULL, NULL) = 0 (Timeout)", ABI_AARCH64,
	      "pselect6", { INT32_MAX, at });
	SHOWS("pselect6(-1, 0x10000, NULL, NULL, NULL, NULL) = -1 EINVAL (Invalid argument)",
	      ABI_X86_64, "pselect6", { UINT64_MAX, at }, -22);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(msghdr_follows_the_abi, forget),
		cmocka_unit_test_setup(epoll_event_is_packed_but_on_aarch64, forget),
		cmocka_unit_test_setup(times_of_control_messages_follow_the_abi, forget),
		cmocka_unit_test_setup(control_messages_bring_the_reader_on, forget),
		cmocka_unit_test_setup(netlink_messages_of_routing, forget),
		cmocka_unit_test_setup(netlink_errors_and_ends, forget),
		cmocka_unit_test_setup(netlink_lengths_may_lie, forget),
		cmocka_unit_test_setup(dns_stands_behind_the_bytes, forget),
		cmocka_unit_test_setup(sets_of_descriptors_have_a_limit, forget),
	};

	return cmocka_run_group_tests(tests, NULL, free_line);
}
