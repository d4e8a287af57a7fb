/* SPDX-License-Identifier: GPL-2.0-only
 * Texts of probe descriptions: fields, globs, periods.
 */
#include "prov.h"

#include "toolbox/lib/base.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* One element of a glob against the byte c. Returns what follows the element, or NULL if c is not it. */
static const char *element(const char *glob, unsigned char c)
{
	if (*glob == '?')
		return glob + 1;
	if (*glob == '\\' && glob[1])
		return (unsigned char)glob[1] == c ? glob + 2 : NULL;
	if (*glob != '[')
		return (unsigned char)*glob == c ? glob + 1 : NULL;

	const char *p = glob + 1;
	bool invert = *p == '!', hit = false;

	p += invert;
	for (bool first = true; first || *p != ']'; first = false) {
		unsigned char low, high;

		if (*p == '\\' && p[1])
			p++;
		low = high = (unsigned char)*p;
		if (!low)
			return NULL; /* no closing bracket */
		p++;
		if (*p == '-' && p[1] && p[1] != ']') {
			p++;
			if (*p == '\\' && p[1])
				p++;
			high = (unsigned char)*p++;
		}
		hit |= low <= c && c <= high;
	}
	return hit != invert ? p + 1 : NULL;
}

bool prov_glob(const char *glob, const char *s)
{
	const char *star = NULL, *from = NULL, *next;

	if (!*glob)
		return true;
	while (*s) {
		if (*glob == '*') {
			star = ++glob;
			from = s;
		} else if (*glob && (next = element(glob, (unsigned char)*s))) {
			glob = next;
			s++;
		} else if (star) {
			/* Only the last star can be the one that takes a byte more. */
			glob = star;
			s = ++from;
		} else {
			return false;
		}
	}
	while (*glob == '*')
		glob++;
	return !*glob;
}

#define SECOND UINT64_C(1000000000)
#define PERIOD_MIN (SECOND / 5000)

static const struct {
	const char *name;
	uint64_t ns; /* 0: hertz */
} units[] = {
	{ "", 0 },
	{ "hz", 0 },
	{ "ns", 1 },
	{ "nsec", 1 },
	{ "us", 1000 },
	{ "usec", 1000 },
	{ "ms", 1000000 },
	{ "msec", 1000000 },
	{ "s", SECOND },
	{ "sec", SECOND },
	{ "m", 60 * SECOND },
	{ "min", 60 * SECOND },
	{ "h", 3600 * SECOND },
	{ "hour", 3600 * SECOND },
	{ "d", 86400 * SECOND },
	{ "day", 86400 * SECOND },
};

uint64_t prov_period(const char *name, bool *tick)
{
	uint64_t n = 0, period = 0;

	*tick = strncmp(name, "tick-", 5) == 0;
	if (!*tick && strncmp(name, "profile-", 8) != 0)
		return 0;
	name += *tick ? 5 : 8;
	for (; *name >= '0' && *name <= '9'; name++) {
		if (n > SECOND)
			return 0; /* more than any unit has a use for */
		n = n * 10 + (uint64_t)(*name - '0');
	}
	if (n == 0)
		return 0;
	for (size_t i = 0; i < countof(units); i++) {
		if (strcmp(name, units[i].name) != 0)
			continue;
		period = !units[i].ns ? SECOND / n : n > UINT64_MAX / 2 / units[i].ns ? 0 : n * units[i].ns;
	}
	return period >= PERIOD_MIN ? period : 0;
}

static bool bracket_open(const char *s, size_t len)
{
	bool open = false;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\')
			i++;
		else if (s[i] == '[' && !open)
			open = true;
		else if (s[i] == ']')
			open = false;
	}
	return open;
}

int prov_parse(struct prov_text *out, const char *text, size_t len, char *why, size_t size)
{
	const char **fields[] = { &out->desc.name, &out->desc.function, &out->desc.module, &out->desc.provider };
	unsigned n = 0;
	bool number = len > 0;
	uint64_t id = 0;

	out->desc = (struct prov_desc){ "", "", "", "", 0 };
	if (len == 0) {
		snprintf(why, size, "probe description is empty");
		return -EINVAL;
	}
	if (len >= sizeof out->text) {
		snprintf(why, size, "probe description is longer than %zu bytes", sizeof out->text - 1);
		return -ENAMETOOLONG;
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= ' ' || c == 0x7f || strchr("{}/;,\"'", c)) {
			snprintf(why, size, "probe description has a byte that no name has");
			return -EINVAL;
		}
		number = number && c >= '0' && c <= '9';
		if (number && id <= UINT32_MAX)
			id = id * 10 + (c - '0');
	}
	if (number) {
		if (id == 0 || id > UINT32_MAX) {
			snprintf(why, size, "probe identifier is out of range");
			return -EINVAL;
		}
		out->desc.id = (uint32_t)id;
		return 0;
	}
	memcpy(out->text, text, len);
	out->text[len] = '\0';
	/* From the right: the name is the field that every description has. */
	for (size_t end = len;; end--) {
		if (end > 0 && out->text[end - 1] != ':')
			continue;
		if (n == countof(fields)) {
			snprintf(why, size, "probe description has more than four fields");
			return -EINVAL;
		}
		*fields[n++] = out->text + end;
		if (bracket_open(out->text + end, strlen(out->text + end))) {
			snprintf(why, size, "probe description has a [ without its ]");
			return -EINVAL;
		}
		if (end == 0)
			return 0;
		out->text[end - 1] = '\0';
	}
}
