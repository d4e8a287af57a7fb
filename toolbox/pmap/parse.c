/* SPDX-License-Identifier: GPL-2.0-only
 * Reading maps and smaps: see parse.h.
 */
#include "parse.h"
#include "toolbox/lib/proc.h"

#include <string.h>

static bool hex(const char **p, uint64_t *value)
{
	const char *s = *p;
	uint64_t v = 0;

	for (;; s++) {
		unsigned digit;

		if (*s >= '0' && *s <= '9')
			digit = (unsigned)(*s - '0');
		else if (*s >= 'a' && *s <= 'f')
			digit = (unsigned)(*s - 'a' + 10);
		else
			break;
		if (v >> 60)
			return false;
		v = v << 4 | digit;
	}
	if (s == *p)
		return false;
	*p = s;
	*value = v;
	return true;
}

static bool skip(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* "564d66500000-564d66502000 r--p 00000000 fe:00 247134                     /usr/bin/cat" */
static bool parse_line(const char *p, struct mapping *m)
{
	uint64_t major, minor;

	*m = (struct mapping){ 0 };
	if (!hex(&p, &m->start) || !skip(&p, '-') || !hex(&p, &m->end) || !skip(&p, ' ') || m->end < m->start)
		return false;
	for (int i = 0; i < 4; i++, p++) {
		if (*p != '-' && !(*p >= 'a' && *p <= 'z'))
			return false;
		m->perms[i] = *p;
	}
	if (!skip(&p, ' ') || !hex(&p, &m->offset) || !skip(&p, ' '))
		return false;
	m->device = p;
	if (!hex(&p, &major) || !skip(&p, ':') || !hex(&p, &minor) || major > UINT32_MAX || minor > UINT32_MAX)
		return false;
	m->device_len = (size_t)(p - m->device);
	m->major = (unsigned)major;
	m->minor = (unsigned)minor;
	if (!skip(&p, ' ') || !proc_u64(&p, &m->inode) || (*p != ' ' && *p != '\n' && *p != '\0'))
		return false;
	while (*p == ' ')
		p++;
	m->name = p;
	m->name_len = strcspn(p, "\n");
	return true;
}

int keys_find(const struct keys *keys, const char *name, size_t n)
{
	for (size_t i = 0; i < keys->n; i++)
		if (strncmp(keys->name[i], name, n) == 0 && keys->name[i][n] == '\0')
			return (int)i;
	return -1;
}

static int add_key(struct keys *keys, const char *name, size_t n)
{
	if (keys->n == FIELDS_MAX || n >= KEY_MAX)
		return -1;
	memcpy(keys->name[keys->n], name, n);
	keys->name[keys->n][n] = '\0';
	return (int)keys->n++;
}

static void parse_flags(const char *p, struct mapping *m)
{
	size_t n;

	while (*p == ' ')
		p++;
	n = strcspn(p, "\n");
	while (n > 0 && p[n - 1] == ' ')
		n--;
	if (n >= sizeof(m->flags))
		n = sizeof(m->flags) - 1;
	memcpy(m->flags, p, n);
	m->flags[n] = '\0';
}

/* "Rss:                   8 kB"; false when it is no such line. */
static bool parse_field(const char *p, struct mapping *m, struct keys *keys)
{
	size_t n = strcspn(p, ": \n");
	const char *value = p + n + 1;
	uint64_t number;

	if (*p < 'A' || *p > 'Z' || p[n] != ':')
		return false;
	if (!keys)
		return true;
	if (n == 7 && memcmp(p, "VmFlags", 7) == 0) {
		keys->has_flags = true;
		parse_flags(value, m);
		return true;
	}
	if (!proc_u64(&value, &number))
		return false;
	int i = keys_find(keys, p, n);
	if (i < 0)
		i = add_key(keys, p, n);
	if (i >= 0)
		m->value[i] = number;
	return true;
}

bool mapping_next(const char **at, struct mapping *m, struct keys *keys, size_t *strange)
{
	const char *p = *at;

	while (p && *p && !parse_line(p, m)) {
		++*strange;
		p = proc_next_line(p);
	}
	if (!p || !*p)
		return false;
	for (p = proc_next_line(p); p && *p >= 'A' && *p <= 'Z'; p = proc_next_line(p))
		*strange += !parse_field(p, m, keys);
	*at = p ? p : "";
	return true;
}
