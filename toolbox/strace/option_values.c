/* SPDX-License-Identifier: GPL-2.0-only
 * Values of options: see option_values.h.
 */
#include "option_values.h"
#include "filter.h"
#include "say.h"
#include "../lib/base.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *value_must(void *p)
{
	if (!p)
		say_die("Out of memory");
	return p;
}

bool value_number(const char *text, long min, long max, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return end != text && !*end && errno == 0 && *value >= min && *value <= max;
}

bool options_time(const char *text, uint64_t *ns)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = { { "", 1e3 }, { "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 }, { "ns", 1 } };
	char *end;

	errno = 0;
	double value = strtod(text, &end);
	if (end == text || errno || !(value >= 0))
		return false;
	for (size_t i = 0; i < countof(units); i++) {
		if (!strcmp(end, units[i].unit) && value * units[i].ns < 9e18) {
			*ns = (uint64_t)(value * units[i].ns);
			return true;
		}
	}
	return false;
}

/* The index of a word in a list, -1: not there. */
static int index_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(word, list[i]))
			return (int)i;
	return -1;
}

int value_digits(const char *word)
{
	static const char *const names[] = { "s", "ms", "us", "ns" };
	int i = index_of(word, names, countof(names));

	return i < 0 ? -1 : i * 3;
}

/* [format:]FORMAT and [precision:]PRECISION in any order; of several the last counts. */
bool value_stamps(struct stamps *s, const char *text)
{
	static const char *const formats[] = { "none", "time", "unix" };
	char *copy = value_must(strdup(text ? text : "")), *rest = copy, *word;
	bool right = true;

	s->absolute = STAMP_TIME;
	s->absolute_digits = 0;
	while (right && (word = strsep(&rest, ","))) {
		bool is_format = !strncmp(word, "format:", 7), is_precision = !strncmp(word, "precision:", 10);
		const char *value = word + (is_format ? 7 : is_precision ? 10 : 0);
		int format = is_precision ? -1 : index_of(value, formats, countof(formats));
		int digits = is_format ? -1 : value_digits(value);

		if (!*word)
			continue;
		right = format >= 0 || digits >= 0;
		if (format >= 0)
			s->absolute = (enum stamp)format;
		else
			s->absolute_digits = digits;
	}
	free(copy);
	return right;
}

bool value_hex(enum out_hex *hex, const char *text)
{
	static const char *const names[] = { "none", "non-ascii", "all", "non-ascii-chars" };
	static const enum out_hex values[] = { OUT_HEX_NONE, OUT_HEX_NONASCII, OUT_HEX_ALL, OUT_HEX_CHARS };
	int i = index_of(text ? text : "all", names, countof(names));

	if (i >= 0)
		*hex = values[i];
	return i >= 0;
}

bool value_style(struct options *o, const char *text)
{
	if (!strcmp(text, "raw"))
		o->decode.constants = CONST_RAW;
	else if (!strcmp(text, "abbrev"))
		o->decode.constants = CONST_ABBREV;
	else if (!strcmp(text, "verbose"))
		o->decode.constants = CONST_VERBOSE;
	else
		return false;
	return true;
}

/* Tips belong to strace's later versions: none are printed here, and what asks for none is right. */
bool value_tips(const char *text)
{
	static const char *const words[] = { "", "none", "off", "compact", "full", "random" };
	char *copy = value_must(strdup(text ? text : "")), *rest = copy, *word;
	bool right = true;

	while (right && (word = strsep(&rest, ","))) {
		const char *v = !strncmp(word, "format:", 7) ? word + 7 : !strncmp(word, "id:", 3) ? word + 3 : word;
		long id;

		right = index_of(v, words, countof(words)) >= 0 || value_number(v, 0, LONG_MAX, &id);
	}
	free(copy);
	return right;
}

int value_daemonize(const char *text)
{
	static const char *const names[] = { "grandchild", "pgroup", "pgrp", "session" };
	static const int levels[] = { 1, 2, 2, 3 };
	int i = text ? index_of(text, names, countof(names)) : 0;

	return i < 0 ? 0 : levels[i];
}

enum interruptible value_interruptible(const char *text)
{
	static const char *const names[] = { "1", "anywhere", "2", "waiting", "3", "never", "4", "never_tstp" };
	int i = index_of(text, names, countof(names));

	return i < 0 ? INTR_DEFAULT : (enum interruptible)(i / 2 + 1);
}

void value_pids(struct options *o, const char *text)
{
	char *copy = value_must(strdup(text)), *rest = copy, *word;

	while ((word = strsep(&rest, ", \t\n"))) {
		long pid;

		if (!*word && !rest)
			break;
		if (!value_number(word, 1, INT_MAX, &pid))
			say_die("Invalid process id: '%s'", word);
		if (pid == getpid())
			say_die("I'm sorry, I can't let you do that, Dave.");
		o->pids = value_must(realloc(o->pids, (o->n_pids + 1) * sizeof(*o->pids)));
		o->pids[o->n_pids++] = (pid_t)pid;
	}
	free(copy);
}

void value_quiet(struct options *o, const char *text)
{
	static const struct filter_word words[] = {
		{ "attach", QUIET_ATTACH }, { "exit", QUIET_EXIT }, { "exits", QUIET_EXIT }, { "path-resolution", QUIET_PATHS },
		{ "path-resolve", QUIET_PATHS }, { "personality", QUIET_PERSONALITY }, { "thread-execve", QUIET_EXECVE },
		{ "thread-exec", QUIET_EXECVE }, { "superseded", QUIET_EXECVE },
	};

	filter_words(&o->quiet, text, words, countof(words), "quiet");
}

void value_fds(struct options *o, const char *text)
{
	static const struct filter_word words[] = {
		{ "path", FD_PATH }, { "socket", FD_SOCKET }, { "dev", FD_DEV }, { "pidfd", FD_PIDFD },
	};

	filter_words(&o->fds, text, words, countof(words), "decode-fds");
}

void value_decode_pids(struct options *o, const char *text)
{
	static const struct filter_word words[] = { { "comm", PID_COMM } };
	char *copy = value_must(strdup(text)), *rest = copy, *word;

	while ((word = strsep(&rest, ",")))
		if (!strcmp(word, "pidns") || !strcmp(word, "all"))
			say_die("decode-pids=pidns is not supported by strace-lite: process ids are those of its own PID namespace");
	free(copy);
	filter_words(&o->pids_as, text, words, countof(words), "decode-pids");
}

void value_status(struct options *o, const char *text)
{
	static const struct filter_word words[] = {
		{ "successful", STATUS_OK }, { "failed", STATUS_FAILED }, { "unfinished", STATUS_UNFINISHED },
		{ "unavailable", STATUS_UNAVAILABLE }, { "detached", STATUS_DETACHED },
	};

	filter_words(&o->status, text, words, countof(words), "status");
}
