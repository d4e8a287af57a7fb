/* SPDX-License-Identifier: GPL-2.0-only
 * Options by name, and the reading of their values: "4k", "10hz", "fill".
 */
#include "options.h"

#include "bpf/lang/ir.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum kind { FLAG, SIZE, RATE, COUNT, WORD, VERSION, TEXT };
enum when { ANY, START, COMMAND };

static const struct row {
	const char *name;
	enum kind kind;
	enum when when;
	int64_t value;
} rows[] = {
#define OPTION(id, name, kind, when, value) [OPT_##id] = { name, kind, when, value },
#include "options.def"
#undef OPTION
};

void options_init(struct options *o)
{
	memset(o, 0, sizeof *o);
	for (size_t i = 0; i < countof(rows); i++)
		o->value[i] = rows[i].value;
}

void options_free(struct options *o)
{
	for (size_t i = 0; i < OPT_COUNT; i++)
		free(o->text[i]);
}

static const struct row *find(const char *name)
{
	size_t low = 0, high = countof(rows);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int c = strcmp(name, rows[mid].name);

		if (c == 0)
			return &rows[mid];
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* Digits (0x too) up to *end. No sign: strtoull would take one. */
static bool number(const char *s, const char **end, uint64_t *n)
{
	char *rest;

	if (*s < '0' || *s > '9')
		return false;
	errno = 0;
	*n = strtoull(s, &rest, 0);
	*end = rest;
	return errno == 0 && *n <= INT64_MAX;
}

static bool times(uint64_t n, uint64_t factor, int64_t *value)
{
	if (n > INT64_MAX / factor)
		return false;
	*value = (int64_t)(n * factor);
	return true;
}

static bool read_size(const char *s, int64_t *value)
{
	static const char suffixes[] = "kmgt";
	const char *end, *suffix;
	uint64_t n, factor = 1;

	if (!number(s, &end, &n))
		return false;
	if (*end) {
		suffix = strchr(suffixes, *end | 0x20);
		if (!suffix || end[1])
			return false;
		for (const char *p = suffixes; p <= suffix; p++)
			factor *= 1024;
	}
	return times(n, factor, value);
}

/* A bare number is a frequency: switchrate=10 is ten times a second. */
static bool read_rate(const char *s, int64_t *value)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
		{ "ns", 1 },
		{ "nsec", 1 },
		{ "us", 1000 },
		{ "usec", 1000 },
		{ "ms", 1000000 },
		{ "msec", 1000000 },
		{ "s", 1000000000 },
		{ "sec", 1000000000 },
		{ "m", 60000000000 },
		{ "min", 60000000000 },
		{ "h", 3600000000000 },
		{ "hour", 3600000000000 },
		{ "d", 86400000000000 },
		{ "day", 86400000000000 },
	};
	const char *end;
	uint64_t n;

	if (!number(s, &end, &n))
		return false;
	if (!*end || strcasecmp(end, "hz") == 0) {
		if (n == 0 || n > 1000000000)
			return false;
		*value = (int64_t)(1000000000 / n);
		return true;
	}
	for (size_t i = 0; i < countof(units); i++) {
		if (strcasecmp(end, units[i].name) == 0)
			return times(n, units[i].ns, value);
	}
	return false;
}

static bool read_flag(const char *s, int64_t *value)
{
	static const char *const yes[] = { "1", "yes", "true", "on", "enable", "enabled", "set" };
	static const char *const no[] = { "0", "no", "false", "off", "disable", "disabled", "unset" };

	for (size_t i = 0; i < countof(yes); i++) {
		if (strcasecmp(s, yes[i]) == 0 || strcasecmp(s, no[i]) == 0) {
			*value = strcasecmp(s, yes[i]) == 0;
			return true;
		}
	}
	return false;
}

static bool read_word(enum option_id id, const char *s, int64_t *value)
{
	static const struct {
		enum option_id id;
		const char *words[5]; /* in the order of the enumerations in options.h */
	} rows_of_words[] = {
		{ OPT_BUFPOLICY, { "switch", "fill", "ring" } },
		{ OPT_BUFRESIZE, { "auto", "manual" } },
		{ OPT_EVALTIME, { "exec", "preinit", "postinit", "main" } },
		{ OPT_LINKMODE, { "kernel", "static", "dynamic" } },
		{ OPT_LINKTYPE, { "elf", "dof" } },
		{ OPT_STDC, { "a", "c", "s", "t" } },
	};

	for (size_t i = 0; i < countof(rows_of_words); i++) {
		for (size_t w = 0; rows_of_words[i].id == id && rows_of_words[i].words[w]; w++) {
			if (strcmp(s, rows_of_words[i].words[w]) == 0) {
				*value = (int64_t)w;
				return true;
			}
		}
	}
	return false;
}

/* MAJOR.MINOR[.MICRO] of D, with the bounds that DTrace has for each. Any up to 2.x means the one language there is here. */
static bool read_version(const char *s, int64_t *value)
{
	uint64_t part[3] = { 0 }, most[3] = { 2, 0xfff, 0xfff };
	size_t n = 0;

	for (;; s++) {
		if (n == countof(part) || !number(s, &s, &part[n]) || part[n] > most[n])
			return false;
		n++;
		if (*s != '.')
			break;
	}
	*value = (int64_t)(part[0] << 24 | part[1] << 12 | part[2]);
	return n >= 2 && !*s && part[0] > 0;
}

/* Bounds beyond which an option would not do what it says. */
static bool in_bounds(enum option_id id, int64_t value)
{
	switch (id) {
	case OPT_STRSIZE:
		return value >= IR_STRSIZE_MIN && value <= IR_STRSIZE_MAX;
	case OPT_NSPEC:
		return value <= 1 << 16;
	case OPT_STACKFRAMES:
	case OPT_USTACKFRAMES:
	case OPT_JSTACKFRAMES:
	case OPT_MAXFRAMES:
		return value <= 1 << 14;
	case OPT_STACKINDENT:
		return value <= 1 << 10;
	case OPT_AGGSORTPOS:
	case OPT_AGGSORTKEYPOS:
	case OPT_CPU:
	case OPT_ERREXIT:
		return value <= INT32_MAX;
	case OPT_BUFSIZE:
	case OPT_AGGSIZE:
	case OPT_DYNVARSIZE:
	case OPT_SPECSIZE:
		return value > 0;
	default:
		return true;
	}
}

static bool read_value(struct options *o, enum option_id id, const char *s)
{
	int64_t value = 1;
	uint64_t n;
	const char *end;
	bool good;

	switch (rows[id].kind) {
	case FLAG:
		good = !s || read_flag(s, &value);
		break;
	case COUNT:
		/* -x errexit means status 1; a number has to be given for the others */
		good = s ? number(s, &end, &n) && !*end : id == OPT_ERREXIT;
		value = s && good ? (int64_t)n : 1;
		break;
	case SIZE:
		good = s && read_size(s, &value);
		break;
	case RATE:
		good = s && read_rate(s, &value);
		break;
	case WORD:
		good = s && read_word(id, s, &value);
		break;
	case VERSION:
		good = s && read_version(s, &value);
		break;
	default:
		good = s && *s;
		if (good) {
			char *copy = strdup(s);

			if (!copy)
				return false;
			free(o->text[id]);
			o->text[id] = copy;
		}
	}
	if (!good || !in_bounds(id, value))
		return false;
	o->value[id] = value;
	o->is_set[id] = true;
	return true;
}

bool options_set(struct options *o, const char *name, const char *value, enum option_source by, char *why, size_t size)
{
	const struct row *row = find(name);

	if (!row)
		snprintf(why, size, "Invalid option name");
	else if (by == OPT_BY_PRAGMA && row->when == COMMAND)
		snprintf(why, size, "Option cannot be used from within a D program");
	else if (by == OPT_BY_SETOPT && row->when != ANY)
		snprintf(why, size, "Option cannot be set while tracing");
	else if (!read_value(o, (enum option_id)(row - rows), value))
		snprintf(why, size, "Invalid value for specified option");
	else if (row - rows == OPT_GRABANON && o->value[OPT_GRABANON])
		snprintf(why, size, "there is no anonymous tracing: nothing is traced before dtrace starts");
	else
		return true;
	return false;
}
