/* SPDX-License-Identifier: GPL-2.0-only
 * What changes between a call's entry and its exit: lengths of addresses, what poll and select
 * leave, netlink's answers.
 */
#include "expect.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>

static void addresses(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_storage far;
	socklen_t len = sizeof(in), room = sizeof(far);
	unsigned port, client;
	int listener, from, to, one = 1;
	long r;

	listener = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	expect(listener, "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP)");
	r = syscall(SYS_setsockopt, listener, SOL_SOCKET, SO_REUSEADDR, &one, 4L);
	expect(r, "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 4)", listener);
	r = syscall(SYS_bind, listener, &in, sizeof(in));
	expect(r,
	       "bind(%d, {sa_family=AF_INET, sin_port=htons(0), "
	       "sin_addr=inet_addr(\"127.0.0.1\")}, 16)",
	       listener);
	r = syscall(SYS_getsockname, listener, &in, &len);
	port = ntohs(in.sin_port);
	expect(r,
	       "getsockname(%d, {sa_family=AF_INET, sin_port=htons(%u), "
	       "sin_addr=inet_addr(\"127.0.0.1\")}, [16])",
	       listener, port);
	listen(listener, 1);
	from = socket(AF_INET, SOCK_STREAM, 0);
	r = syscall(SYS_connect, from, &in, sizeof(in));
	expect(r,
	       "connect(%d, {sa_family=AF_INET, sin_port=htons(%u), "
	       "sin_addr=inet_addr(\"127.0.0.1\")}, 16)",
	       from, port);
	to = (int)syscall(SYS_accept4, listener, &far, &room, SOCK_NONBLOCK);
	client = ntohs(((struct sockaddr_in *)&far)->sin_port);
	expect(to,
	       "accept4(%d, {sa_family=AF_INET, sin_port=htons(%u), "
	       "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16], "
	       "SOCK_NONBLOCK)",
	       listener, client);
	len = 1;
	r = syscall(SYS_getsockopt, to, SOL_TCP, TCP_NODELAY, &one, &len);
	expect(r, "getsockopt(%d, SOL_TCP, TCP_NODELAY, \"\\0\", [1])", to);
	len = 8;
	r = syscall(SYS_getsockopt, to, SOL_SOCKET, SO_TYPE, &one, &len);
	expect(r, "getsockopt(%d, SOL_SOCKET, SO_TYPE, [1], [8 => 4])", to);
	r = syscall(SYS_getpeername, listener, &far, &room);
	expect(r, "getpeername(%d, %p, [16])", listener, (void *)&far);
	close(to);
	close(from);
	close(listener);
}

static void messages(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "\0strace-lite-test" }, far;
	const socklen_t len =
		offsetof(struct sockaddr_un, sun_path) + sizeof("\0strace-lite-test") - 1;
	struct {
		struct cmsghdr h;
		int fd;
	} control = { { 20, SOL_SOCKET, SCM_RIGHTS }, 0 };
	char bytes[] = "hello", in[16];
	struct iovec iov = { bytes, 5 };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control) };
	socklen_t room;
	int pair[2], s;
	long r;

	r = syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair);
	expect(r, "socketpair(AF_UNIX, SOCK_DGRAM, 0, [%d, %d])", pair[0], pair[1]);
	r = syscall(SYS_sendmsg, pair[0], &m, MSG_NOSIGNAL);
	expect(r,
	       "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hello\", "
	       "iov_len=5}], msg_iovlen=1, "
	       "msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, "
	       "cmsg_data=[0]}], "
	       "msg_controllen=24, msg_flags=0}, MSG_NOSIGNAL)",
	       pair[0]);
	m.msg_name = &far;
	m.msg_namelen = sizeof(far);
	iov.iov_base = in;
	iov.iov_len = sizeof(in);
	r = syscall(SYS_recvmsg, pair[1], &m, MSG_CMSG_CLOEXEC);
	expect(r,
	       "recvmsg(%d, {msg_name=%p, msg_namelen=110 => 0, msg_iov=[{iov_base=\"hello\", "
	       "iov_len=16}], "
	       "msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
	       "cmsg_type=SCM_RIGHTS, "
	       "cmsg_data=[%d]}], msg_controllen=24, msg_flags=MSG_CMSG_CLOEXEC}, "
	       "MSG_CMSG_CLOEXEC)",
	       pair[1], (void *)&far, control.fd);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	r = syscall(SYS_bind, s, &name, len);
	expect(r, "bind(%d, {sa_family=AF_UNIX, sun_path=@\"strace-lite-test\"}, 19)", s);
	r = syscall(SYS_sendto, s, "abc", 3L, 0, &name, len);
	expect(r,
	       "sendto(%d, \"abc\", 3, 0, {sa_family=AF_UNIX, sun_path=@\"strace-lite-test\"}, 19)",
	       s);
	room = sizeof(far);
	r = syscall(SYS_recvfrom, s, in, sizeof(in), 0, &far, &room);
	expect(r,
	       "recvfrom(%d, \"abc\", 16, 0, {sa_family=AF_UNIX, sun_path=@\"strace-lite-test\"}, "
	       "[110 => 19])",
	       s);
	room = sizeof(far);
	r = syscall(SYS_recvfrom, s, in, sizeof(in), MSG_DONTWAIT, &far, &room);
	expect(r, "recvfrom(%d, %p, 16, MSG_DONTWAIT, %p, [110])", s, (void *)in, (void *)&far);
	close(s);
	close(pair[0]);
	close(pair[1]);
}

static void waiting(void)
{
	struct timeval no_time = { 0, 0 };
	struct epoll_event ev = { .events = EPOLLIN | EPOLLET, .data.u64 = 7 };
	struct pollfd p[2];
	fd_set set;
	int ends[2], e;
	long r;

	if (pipe(ends) || write(ends[1], "x", 1) != 1)
		exit(1);
#ifdef SYS_poll /* aarch64 has ppoll, pselect6 and epoll_pwait only */
	p[0] = (struct pollfd){ ends[0], POLLIN, 0 };
	p[1] = (struct pollfd){ -1, POLLIN, 0 };
	r = syscall(SYS_poll, p, 2L, 1000);
	if (r == 1)
		printf("poll([{fd=%d, events=POLLIN}, {fd=-1}], 2, 1000) = 1 ([{fd=%d, "
		       "revents=POLLIN}])\n",
		       ends[0], ends[0]);
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	r = syscall(SYS_select, ends[1] + 1, &set, NULL, NULL, &no_time);
	if (r == 1)
		printf("select(%d, [%d], NULL, NULL, {tv_sec=0, tv_usec=0}) = 1 (in [%d], left "
		       "{tv_sec=0, tv_usec=0})\n",
		       ends[1] + 1, ends[0], ends[0]);
	FD_ZERO(&set);
	r = syscall(SYS_select, ends[1] + 1, &set, NULL, NULL, &no_time);
	if (r == 0)
		printf("select(%d, [], NULL, NULL, {tv_sec=0, tv_usec=0}) = 0 (Timeout)\n",
		       ends[1] + 1);
#else
	(void)p;
	(void)set;
	(void)no_time;
#endif
	e = epoll_create1(0);
	r = syscall(SYS_epoll_ctl, e, EPOLL_CTL_ADD, ends[0], &ev);
	expect(r, "epoll_ctl(%d, EPOLL_CTL_ADD, %d, {events=EPOLLIN|EPOLLET, data={u32=7, u64=7}})",
	       e, ends[0]);
#ifdef SYS_epoll_wait
	r = syscall(SYS_epoll_wait, e, &ev, 1, 0);
	expect(r, "epoll_wait(%d, [{events=EPOLLIN, data={u32=7, u64=7}}], 1, 0)", e);
#endif
}

/* The request names an interface that does not exist, and the kernel says so. */
static void routing(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct {
		struct nlmsghdr h;
		struct ifinfomsg link;
	} ask = { { sizeof(ask), RTM_GETLINK, NLM_F_REQUEST, 7, 0 }, { .ifi_index = 0x7ffffff0 } };
	char answer[512];
	unsigned pid;
	socklen_t room = sizeof(kernel);
	int s = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	long r;

	if (s < 0 || bind(s, (struct sockaddr *)&kernel, sizeof(kernel)) ||
	    getsockname(s, (struct sockaddr *)&kernel, &room))
		exit(1);
	pid = kernel.nl_pid;
	r = syscall(SYS_sendto, s, &ask, sizeof(ask), 0, NULL, 0);
	expect(r,
	       "sendto(%d, [{nlmsg_len=32, nlmsg_type=RTM_GETLINK, nlmsg_flags=NLM_F_REQUEST, "
	       "nlmsg_seq=7, nlmsg_pid=0}, "
	       "{ifi_family=AF_UNSPEC, ifi_type=ARPHRD_NETROM, ifi_index=2147483632, ifi_flags=0, "
	       "ifi_change=0}], 32, 0, "
	       "NULL, 0)",
	       s);
	r = syscall(SYS_recvfrom, s, answer, sizeof(answer), 0, NULL, NULL);
	expect(r,
	       "recvfrom(%d, [{nlmsg_len=52, nlmsg_type=NLMSG_ERROR, nlmsg_flags=0, nlmsg_seq=7, "
	       "nlmsg_pid=%d}, "
	       "{error=-ENODEV, msg=[{nlmsg_len=32, nlmsg_type=RTM_GETLINK, "
	       "nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
	       "nlmsg_pid=0}, {ifi_family=AF_UNSPEC, ifi_type=ARPHRD_NETROM, ifi_index=2147483632, "
	       "ifi_flags=0, "
	       "ifi_change=0}]}], 512, 0, NULL, NULL)",
	       s, (int)pid);
}

int main(void)
{
	addresses();
	messages();
	waiting();
	routing();
	return 0;
}
