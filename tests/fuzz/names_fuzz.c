/* SPDX-License-Identifier: GPL-2.0-only
 * Files of names and answers of name servers with any bytes in them. The first byte says which.
 */
#include "toolbox/lib/names.h"
#include "toolbox/lib/names_hosts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is printed as it is must be one line of plain bytes. */
static void check(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			abort();
}

static void see_host(void *arg, const uint8_t address[16], const char *name, size_t len)
{
	size_t *total = arg;

	*total += address[15] + names_is_host(name, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t address[16] = { [10] = 0xff, [11] = 0xff, [12] = 10 };
	struct names_server servers[NAMES_SERVERS];
	struct names_table t = { 0 };
	uint8_t query[NAMES_QUERY_MAX];
	char name[NAMES_HOST_MAX];
	size_t total = 0;

	if (size == 0)
		return 0;
	unsigned kind = *data++;
	size--;
	char *copy = malloc(size + 1);
	memcpy(copy, data, size);
	copy[size] = '\0';
	if (kind % 8 < 4) {
		names_parse((enum names_kind)(kind % 4), copy, &t);
		for (size_t i = 0; i < t.n; i++)
			check(t.text + t.entry[i].at);
		names_find(&t, 80);
		names_free(&t);
	} else if (kind % 8 == 4) {
		names_parse_hosts(copy, see_host, &total);
	} else if (kind % 8 == 5) {
		names_parse_resolv(copy, servers);
	} else {
		/* With our question in front, so that the records are reached; and without. */
		size_t n = names_query(query, 0x1234, address);
		uint8_t *answer = malloc(n + size);

		memcpy(answer, query, n);
		memcpy(answer + n, data, size);
		answer[2] = 0x81;
		answer[7] = (uint8_t)kind;
		if (kind % 8 == 6 && names_answer(answer, n + size, query, n, name) == NAMES_FOUND)
			check(name);
		else if (kind % 8 == 7 && names_answer(data, size, query, n, name) == NAMES_FOUND)
			check(name);
		free(answer);
	}
	free(copy);
	return 0;
}
