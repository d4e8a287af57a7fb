/* SPDX-License-Identifier: GPL-2.0-only
 * Printers that the files about sockets share; each is at home in the file that is named.
 */
#pragma once

#include "parts.h"

/* kind_sockaddr.c */

enum { SOCKADDR_MAX = 128 }; /* struct sockaddr_storage */

/* {sa_family=AF_INET, ...} of bytes that were read. */
void print_sockaddr_bytes(struct call *c, const void *bytes, size_t len);
/* name=inet_addr("127.0.0.1") of 4 bytes; inet_pton(AF_INET6, "::1", &name) of 16; behind a comma
 * where one is due. */
void print_in_addr(struct call *c, const char *name, const void *addr);
void print_in6_addr(struct call *c, const char *name, const void *addr);
/* if_nametoindex("lo"), or the number. */
void print_ifindex(struct call *c, uint32_t index);
/* htons(ETH_P_IP) */
void print_ether_proto(struct call *c, uint16_t big_endian);
/* 01:02:03:04:05:06 */
void print_mac(struct call *c, const unsigned char *p, size_t n);

/* At the entry: keeps the int at argument len_arg, the room that a call has for what it fills;
 * kind_osockaddr and kind_sock_len look for it. */
void keep_sockaddr_room(struct call *c, unsigned len_arg);

/* kind_cmsg.c: [{cmsg_len=20, ...}, ...] of size bytes at addr, or the address. */
void print_control(struct call *c, uint64_t addr, uint64_t size);

/* kind_netlink.c: messages that the descriptor sends or receives, when it is a netlink socket;
 * false, nothing printed: it is none, or the bytes cannot be read. */
bool print_netlink_buffer(struct call *c, int fd, uint64_t addr, uint64_t size);
