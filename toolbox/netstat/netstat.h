/* SPDX-License-Identifier: GPL-2.0-only
 * What the files of netstat share: the options, the output buffer, one function a view.
 */
#pragma once

#include "toolbox/lib/sock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* All names of hosts together may take this long. */
#define NETSTAT_DNS_MS 1000

struct options {
	bool tcp, udp, udplite, sctp, raw, local; /* which sockets; local: AF_UNIX */
	bool inet, inet6;
	bool named; /* the user named protocols, so what is missing is an error */
	bool sctp_named, inet6_named, local_named;
	bool all, listening;
	bool numeric_hosts, numeric_ports, numeric_users;
	bool programs, timers, wide, verbose, continuous;
	bool fib, cache;
	bool tcp_info, count;
	unsigned extend;
};
extern struct options options;

/* The views. Each prints one report and returns the exit status; first is false when it is repeated (-c). */
int view_sockets(bool first);
int view_count(bool first);
int view_routes(bool first);
int view_interfaces(bool first);
int view_groups(bool first);
int view_statistics(bool first);

/* Says on standard error what could not be done; the report goes on. Returns 1. */
int complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* --- output: one large buffer (out.c) ------------------------------------------------------------------------- */

/* Room for at least n bytes more (at most OUT_ROOM); out_to says how far it was used. */
#define OUT_ROOM 4096
char *out_room(size_t n);
void out_to(char *end);
/* Text of our own, or text that was made safe. */
void out_text(const char *text);
/* Formats, with strangers' strings made safe (text.h). */
void out_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Writes what there is; false, with errno, when any output so far was lost. */
bool out_flush(void);

/* Pieces of a row: each returns its end. */
char *put_bytes(char *p, const char *text, size_t n);
char *put_text(char *p, const char *text);
char *put_left(char *p, const char *text, size_t width);   /* text is safe; width counts columns */
char *put_number(char *p, uint64_t v, unsigned width);	   /* right-aligned; 0: no padding */
char *put_number_left(char *p, uint64_t v, unsigned width);

/* --- the addresses and names of a row (address.c) ------------------------------------------------------------ */

/* "127.0.0.1:mysql": at most short_len + 1 columns unless -W, as net-tools cuts it. */
char *put_endpoint(char *p, const struct sock *s, bool remote);
/* The address alone, as it is shown: a name where one is known and wanted. buf holds what is not a name. */
const char *host_text(char buf[SOCK_ADDRESS_MAX], int family, const uint8_t *address);
/* Asks for the name when names are shown and this address can have one. */
void host_want(int family, const uint8_t *address);
/* Name or number of a port, "*" for 0. */
const char *port_text(char buf[8], int protocol, uint16_t port);
const char *user_text(char buf[16], uint32_t uid);
const char *state_text(const struct sock *s, char buf[16]);
const char *protocol_text(const struct sock *s);

/* --- who has a socket (owners.c) ------------------------------------------------------------------------------ */

struct owner {
	int pid;
	char label[80]; /* "4711/mysqld", safe, at most 19 columns */
	size_t sockets; /* how many of those that were wanted */
};
/* First all inodes, then one pass over the processes, then the answers. */
void owners_begin(void);
int owners_want(uint64_t inode);
void owners_scan(void);
const struct owner *owners_find(uint64_t inode);
const struct owner *owners_list(size_t *n);

/* --- rows --------------------------------------------------------------------------------------------------- */

/* Every socket that the options select goes through here; in the order of net-tools. Rows of sctp are printed at
 * their place, or only prepared (sctp_want). Returns the status. */
typedef void inet_sink(void *arg, const struct sock *s, const struct sock_more *more);
int inet_each(bool want_more, bool print_sctp, inet_sink *sink, void *arg);
void inet_header(void);
void inet_row(const struct sock *s, const struct sock_more *more);
/* What -e, -p and -o add behind the state. */
char *inet_details(char *p, const struct sock *s);
const char *servers_text(void);

/* Reads and keeps what the options select, finds programs (-p) and names. Returns the status. */
int sockets_gather(bool want_more);
const struct sock *sockets_kept(size_t *n);
/* Without their names. */
const struct sock_unix *sockets_kept_unix(size_t *n);

void unix_header(void);
bool unix_selected(const struct sock_unix *s);
void unix_row(const struct sock_unix *s);

/* SCTP has rows of its own kind: first what names and programs are wanted (returns the status), then the rows. */
int sctp_want(void);
void sctp_rows(void);

void tcp_info_header(void);
char *tcp_info_put(char *p, const struct sock *s, const struct sock_more *more);
