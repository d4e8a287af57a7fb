/* SPDX-License-Identifier: GPL-2.0-only
 * Inside of names: the pieces of names_host_* (names.h), apart for the tests.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An address whose name is asked for. IPv4 is kept as ::ffff:a.b.c.d. */
struct names_question {
	uint8_t address[16];
	char *name; /* NULL: none so far; owned */
	bool settled; /* nobody needs to be asked any more */
};

/* The files are regular ones of a sane size, below proc's root. Returns 0 or -errno. */
struct proc_file;
int names_load(struct proc_file *f, const char *path);

/* --- /etc/hosts and /etc/resolv.conf (hosts(5), resolv.conf(5)) ---------------------------------------- */

/* Calls fn for each line of a hosts file with an address that can be read: the address and the first name. */
typedef void names_host_fn(void *arg, const uint8_t address[16], const char *name, size_t len);
void names_parse_hosts(const char *data, names_host_fn *fn, void *arg);

/* Name servers: at most three, as everybody has it. */
#define NAMES_SERVERS 3
struct names_server {
	uint8_t address[16];
	uint32_t scope; /* index of the interface of a link-local address */
};
/* Returns how many; none named means the one on this host. */
size_t names_parse_resolv(const char *data, struct names_server servers[NAMES_SERVERS]);

/* Reads a number with dots or colons, with %INTERFACE behind it when scope is not NULL. */
bool names_parse_address(const char *text, size_t len, uint8_t address[16], uint32_t *scope);

/* Letters, digits, '-', '_' and dots: what a host can be called. */
bool names_is_host(const char *name, size_t len);

/* --- DNS (RFC 1035, 3596) --------------------------------------------------------------------------------- */

#define NAMES_QUERY_MAX 128
#define NAMES_HOST_MAX 256

/* Writes the question for the name of an address; returns its length. */
size_t names_query(uint8_t buf[NAMES_QUERY_MAX], uint16_t id, const uint8_t address[16]);

enum names_answer {
	NAMES_NOT_OURS, /* not an answer to this question */
	NAMES_FOUND,
	NAMES_NONE,	/* there is no name, or none that a host can have */
	NAMES_TRY_NEXT, /* this server cannot say */
};
/* Reads an answer to the question in query. The name that is found is a host's (names_is_host);
 * any other would be a stranger's text in our table. */
enum names_answer names_answer(const uint8_t *data, size_t len, const uint8_t *query, size_t query_len,
			       char name[NAMES_HOST_MAX]);

/* Asks the servers for all questions at once and waits ms at the longest. Returns whether any server
 * answered. */
bool names_ask(const struct names_server *servers, size_t n_servers, uint16_t port, struct names_question *questions,
	       size_t n, int ms);
