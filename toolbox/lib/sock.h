/* SPDX-License-Identifier: GPL-2.0-only
 * The sockets of this network namespace: from the kernel's sock_diag(7), and from /proc/net (proc(5)) where that is
 * refused or missing, or where NATIVE_ROOT names a recorded tree. Both give the same fields; each
 * comment says where they cannot.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* include/net/tcp_states.h; udp and raw sockets are ESTABLISHED (connected) or CLOSE. */
enum sock_state {
	SOCK_ESTABLISHED = 1,
	SOCK_SYN_SENT,
	SOCK_SYN_RECV,
	SOCK_FIN_WAIT1,
	SOCK_FIN_WAIT2,
	SOCK_TIME_WAIT,
	SOCK_CLOSE,
	SOCK_CLOSE_WAIT,
	SOCK_LAST_ACK,
	SOCK_LISTEN,
	SOCK_CLOSING,
};
#define SOCK_STATES 16 /* states that can be named in a mask; the kernel has fewer */

/* A socket of an internet protocol. An IPv4 address is in the first four bytes. */
struct sock {
	uint8_t local[16], remote[16];
	uint32_t recv_q; /* of a listening socket: connections waiting for accept() */
	uint32_t send_q; /* of a listening socket: 0, as /proc/net/tcp has it */
	uint32_t uid;
	uint32_t inode;	     /* 0: no process has it */
	uint32_t expires_ms; /* of the timer */
	uint16_t local_port, remote_port; /* of a raw socket: its protocol, 0 */
	uint8_t family;	     /* AF_INET or AF_INET6 */
	uint8_t protocol;
	uint8_t state;
	uint8_t timer; /* 0 off, 1 retransmission, 2 keepalive, 3 TIME_WAIT, 4 zero window probe */
	uint8_t retransmits, probes;
};

/* What sock_diag knows beyond that. All of the numbers that the running kernel is too old for are 0. */
struct sock_more {
	bool known;	    /* the kernel gave the numbers of tcp(7)'s TCP_INFO */
	uint32_t rtt_us, rtt_var_us, rto_us;
	uint32_t cwnd, ssthresh, mss;
	uint32_t unacked, retransmitting, retransmitted, lost;
	uint64_t bytes_acked, bytes_received;
	uint64_t delivery_rate; /* bytes a second */
	uint32_t rmem, rcvbuf, wmem, sndbuf; /* bytes of kernel memory, used and allowed */
	uint32_t backlog; /* of a listening socket: how many may wait for accept() */
	char congestion[16];
};

/* more is NULL unless asked for and there. Returns 0, or -errno to end with that. */
typedef int sock_fn(void *arg, const struct sock *s, const struct sock_more *more);

/* From now on the sockets of the network namespace that this process is in, by its /proc/PID/net alone; 0: of our own
 * again. What a stranger may make of the names of unix sockets is then believed. */
void sock_of_process(pid_t pid);
/* Where such a file ("netlink") lies, to be loaded with proc.h. */
#define SOCK_PATH_MAX 48
void sock_path(char buf[SOCK_PATH_MAX], const char *name);

/* Gives each socket of a family and protocol (IPPROTO_TCP, UDP, UDPLITE, RAW) whose state is in the mask (bit 1 <<
 * state) to fn, in the kernel's order. Returns 0, what fn returned, or -errno: -EPROTONOSUPPORT where
 * the kernel has no such sockets, -ENOENT where neither source is there, -EBADMSG when all others were given
 * and a line of /proc/net was not understood. */
int sock_each(int family, int protocol, unsigned states, bool want_more, sock_fn *fn, void *arg);

/* A line of /proc/net/{tcp,udp,udplite,raw}{,6}; false when it is none. */
bool sock_parse_line(const char *line, int family, int protocol, struct sock *s);

/* sock_diag's answer: payload of one message. */
struct nlmsghdr;
bool sock_parse_message(const struct nlmsghdr *message, int protocol, struct sock *s, struct sock_more *more);

/* A unix socket. The name is as bind(2) got it: an abstract one begins with a NUL byte, and any byte may be in it. */
struct sock_unix {
	uint64_t inode;	  /* 0: a connection that waits for accept() */
	uint64_t peer;	  /* the inode of the other end; 0: none, or not known (without sock_diag) */
	uint32_t refs;	  /* SOCK_UNKNOWN without /proc */
	uint32_t protocol, flags;
	uint16_t type;	  /* SOCK_STREAM … */
	uint8_t state;	  /* enum socket_state of linux/net.h */
	const char *name; /* good until fn returns */
	size_t name_len;
};
#define SOCK_UNKNOWN UINT32_MAX
#define SOCK_UNIX_LISTENS 0x10000u /* flags: __SO_ACCEPTCON */

typedef int sock_unix_fn(void *arg, const struct sock_unix *s);

/* Gives each unix socket to fn. Returns as sock_each. /proc/net/unix writes names as they are, line ends too, so
 * that a name can look like further rows; where sock_diag answers, only its names are believed. */
int sock_each_unix(sock_unix_fn *fn, void *arg);

/* The same from the two answers themselves: text (NULL: none; text[len] is a NUL byte) and the messages of
 * unix_diag, which sock_unix_collect gathers (NULL: none). */
struct sock_unix_names;
int sock_unix_collect(void *names, const struct nlmsghdr *message);
int sock_unix_rows(const char *text, size_t len, struct sock_unix_names *names, sock_unix_fn *fn, void *arg);
struct sock_unix_names *sock_unix_names_new(void);
void sock_unix_names_free(struct sock_unix_names *names);

/* The address in digits, as glibc's inet_ntop writes it; returns the length. An IPv6 address that maps an IPv4 one
 * is written as that. */
#define SOCK_ADDRESS_MAX 48
size_t sock_fmt_address(char buf[SOCK_ADDRESS_MAX], int family, const uint8_t *address);

/* ::ffff:a.b.c.d */
bool sock_is_mapped(int family, const uint8_t *address);
/* 0.0.0.0 or :: */
bool sock_is_any(int family, const uint8_t *address);
