/* SPDX-License-Identifier: GPL-2.0-only
 * Names of hosts: what is wanted, /etc/hosts, /etc/resolv.conf. See names.h.
 */
#include "names.h"
#include "names_hosts.h"
#include "proc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static struct names_question *wanted;
static size_t n_wanted, cap_wanted;
static size_t *slots; /* hash of addresses: 1 + index in wanted */
static size_t mask;
static size_t n_asked; /* the first so many have been asked for already */
static bool silent;    /* no name server has ever answered */

static void widen(int family, const uint8_t *address, uint8_t wide[16])
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	if (family == AF_INET6) {
		memcpy(wide, address, 16);
	} else {
		memcpy(wide, prefix, 12);
		memcpy(wide + 12, address, 4);
	}
}

static size_t hash(const uint8_t address[16])
{
	uint64_t a, b;

	memcpy(&a, address, 8);
	memcpy(&b, address + 8, 8);
	a = (a ^ b) * 0x9e3779b97f4a7c15u;
	return (size_t)(a >> 29);
}

/* Where the address is, or the empty place where it belongs. */
static size_t *slot(const uint8_t address[16])
{
	size_t i = hash(address) & mask;

	while (slots[i] && memcmp(wanted[slots[i] - 1].address, address, 16) != 0)
		i = (i + 1) & mask;
	return &slots[i];
}

static int grow(void)
{
	size_t cap = cap_wanted ? cap_wanted * 2 : 128;
	struct names_question *q = realloc(wanted, cap * sizeof(*q));

	if (!q)
		return -ENOMEM;
	wanted = q;
	size_t *fresh = calloc(cap * 2, sizeof(*fresh));
	if (!fresh)
		return -ENOMEM;
	free(slots);
	slots = fresh;
	mask = cap * 2 - 1;
	cap_wanted = cap;
	for (size_t i = 0; i < n_wanted; i++)
		*slot(wanted[i].address) = i + 1;
	return 0;
}

int names_host_want(int family, const uint8_t *address)
{
	uint8_t wide[16];

	widen(family, address, wide);
	if (n_wanted == cap_wanted && grow() < 0)
		return -ENOMEM;
	size_t *s = slot(wide);
	if (*s)
		return 0;
	wanted[n_wanted] = (struct names_question){ 0 };
	memcpy(wanted[n_wanted].address, wide, 16);
	*s = ++n_wanted;
	return 0;
}

const char *names_host(int family, const uint8_t *address)
{
	uint8_t wide[16];

	if (n_wanted == 0)
		return NULL;
	widen(family, address, wide);
	size_t *s = slot(wide);
	return *s ? wanted[*s - 1].name : NULL;
}

bool names_parse_address(const char *text, size_t len, uint8_t address[16], uint32_t *scope)
{
	char digits[INET6_ADDRSTRLEN + 1 + IF_NAMESIZE];
	uint8_t a[16];

	if (len >= sizeof(digits))
		return false;
	memcpy(digits, text, len);
	digits[len] = '\0';
	char *percent = scope ? strchr(digits, '%') : NULL;
	if (percent)
		*percent = '\0';
	if (scope)
		*scope = percent ? if_nametoindex(percent + 1) : 0;
	if (inet_pton(AF_INET, digits, a) == 1)
		widen(AF_INET, a, address);
	else if (inet_pton(AF_INET6, digits, a) == 1)
		memcpy(address, a, 16);
	else
		return false;
	return true;
}

/* "127.0.0.1 localhost other # comment" */
void names_parse_hosts(const char *data, names_host_fn *fn, void *arg)
{
	for (const char *line = *data ? data : NULL; line; line = proc_next_line(line)) {
		const char *p = line + strspn(line, " \t");
		size_t n = strcspn(p, " \t\r\n#");
		const char *name = p + n + strspn(p + n, " \t");
		size_t len = strcspn(name, " \t\r\n#");
		uint8_t address[16];

		if (len > 0 && names_parse_address(p, n, address, NULL))
			fn(arg, address, name, len);
	}
}

size_t names_parse_resolv(const char *data, struct names_server servers[NAMES_SERVERS])
{
	static const char key[] = "nameserver";
	size_t n = 0;

	for (const char *line = *data ? data : NULL; line && n < NAMES_SERVERS; line = proc_next_line(line)) {
		if (strncmp(line, key, sizeof(key) - 1) != 0)
			continue;
		const char *p = line + sizeof(key) - 1;
		size_t blanks = strspn(p, " \t");
		p += blanks;
		if (blanks > 0 && names_parse_address(p, strcspn(p, " \t\r\n#;"), servers[n].address, &servers[n].scope))
			n++;
	}
	if (n == 0) {
		names_parse_address("127.0.0.1", 9, servers[0].address, &servers[0].scope);
		n = 1;
	}
	return n;
}

/* The first line of an address counts. */
static void name_from_file(void *arg, const uint8_t address[16], const char *name, size_t len)
{
	size_t *s = slot(address);

	(void)arg;
	if (!*s || *s <= n_asked || wanted[*s - 1].name || !names_is_host(name, len))
		return;
	wanted[*s - 1].name = strndup(name, len);
	wanted[*s - 1].settled = wanted[*s - 1].name != NULL;
}

/* The loopback addresses are nobody's business outside. */
static bool is_loopback(const uint8_t address[16])
{
	static const uint8_t v6[16] = { [15] = 1 };
	static const uint8_t v4[13] = { [10] = 0xff, [11] = 0xff, [12] = 127 };

	return memcmp(address, v6, sizeof(v6)) == 0 || memcmp(address, v4, sizeof(v4)) == 0;
}

void names_host_resolve(int ms)
{
	struct names_server servers[NAMES_SERVERS];
	struct proc_file f = PROC_FILE_INIT;
	size_t n;

	if (n_asked == n_wanted)
		return;
	if (names_load(&f, "etc/hosts") == 0)
		names_parse_hosts(f.data, name_from_file, NULL);
	proc_unload(&f);
	for (size_t i = n_asked; i < n_wanted; i++)
		wanted[i].settled |= is_loopback(wanted[i].address);

	f = (struct proc_file)PROC_FILE_INIT;
	n = names_load(&f, "etc/resolv.conf") == 0 ? names_parse_resolv(f.data, servers) : names_parse_resolv("", servers);
	proc_unload(&f);
	/* A recorded tree has no name server. */
	if (!silent && !proc_is_test())
		silent = !names_ask(servers, n, 53, wanted + n_asked, n_wanted - n_asked, ms);
	n_asked = n_wanted;
}
