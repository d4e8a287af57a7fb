/* SPDX-License-Identifier: GPL-2.0-only
 * Names of numbers: services, protocols, users, networks and hosts, from the files of the image that this runs
 * in, for services and protocols else from /native/share; hosts by the image's resolver besides. Without
 * NSS. Each file is read once. All names are strangers' strings: what is given here is safe to print as it is.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each NULL where there is no name. Ports and addresses are in host order here; protocol is IPPROTO_TCP, UDP or SCTP. */
const char *names_service(int protocol, uint16_t port);
const char *names_protocol(uint32_t number);
const char *names_user(uint32_t uid);
const char *names_network(uint32_t ipv4);

/* The other way: the number of a user by name; false when there is none of it. */
bool names_user_number(const char *name, uint32_t *uid);

/* Hosts: first every address that will be asked for (AF_INET or AF_INET6, network order), then one wait for all of
 * them together that is never longer than ms, then the names. Returns 0 or -ENOMEM. A dead name server
 * costs that wait once: who did not answer at all is not asked again. */
int names_host_want(int family, const uint8_t *address);
void names_host_resolve(int ms);
const char *names_host(int family, const uint8_t *address);

/* --- the parsers, for tests --------------------------------------------------------------------------- */

/* A table from number to name; the first name of a number stays. */
struct names_table {
	struct names_entry {
		uint64_t number;
		size_t at; /* in text */
	} *entry;
	size_t n, cap;
	char *text;
	size_t len, text_cap;
	bool sorted, loaded;
};
enum names_kind { NAMES_SERVICES, NAMES_PROTOCOLS, NAMES_USERS, NAMES_NETWORKS };

/* Adds what a file of services(5), protocols(5), passwd(5) or networks(5) says; the data ends with a NUL
 * byte. What is not understood is left out, as the C library does. Returns 0 or -ENOMEM. */
int names_parse(enum names_kind kind, const char *data, struct names_table *t);
const char *names_find(struct names_table *t, uint64_t number);
void names_free(struct names_table *t);
/* The number that stands for a service. */
uint64_t names_service_key(int protocol, uint16_t port);
