/* SPDX-License-Identifier: GPL-2.0-only
 * Sets of calls, words, signals and descriptors of the command line: see filter.h.
 */
#include "filter.h"
#include "say.h"
#include "../lib/base.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void *must(void *p)
{
	if (!p)
		say_die("Out of memory");
	return p;
}

/* Takes "!" off as often as it is there; whether the set is meant the other way round. */
static bool negated(const char **text)
{
	bool no = false;

	for (; **text == '!'; ++*text)
		no = !no;
	return no;
}

/* --- calls --- */

/* Which ABIs @64, @32 and nothing mean here; 0: not a designator. */
static unsigned abis_of(const char *designator)
{
#if defined(__x86_64__)
	const unsigned abi64 = 1u << ABI_X86_64, abi32 = 1u << ABI_I386;
#else
	const unsigned abi64 = 1u << ABI_AARCH64, abi32 = 0;
#endif
	const unsigned none = 1u << ABI_COUNT; /* a right word for what we do not have */

	if (!designator)
		return abi64 | abi32;
	if (!strcmp(designator, "64"))
		return abi64;
	if (!strcmp(designator, "32"))
		return abi32 | none;
	return !strcmp(designator, "x32") ? none : 0;
}

static bool number_of(const char *text, unsigned long max, unsigned long *value)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	*value = strtoul(text, &end, 10);
	return !*end && errno == 0 && *value <= max;
}

struct match {
	const char *name; /* one name, by its index */
	int index;
	uint64_t class;
	regex_t *regex;
	bool all;
	long nr; /* -1: none */
};

static bool matches(const struct match *m, const struct call_row *row, size_t nr)
{
	return m->all || (m->class && (row->classes & m->class)) || (m->index >= 0 && row->index == m->index) ||
	       (m->nr >= 0 && (size_t)m->nr == nr) ||
	       (m->regex && regexec(m->regex, row->name, 0, NULL, 0) == 0);
}

/* Whether anything was found. */
static bool add_match(struct call_set *s, const struct match *m, unsigned abis)
{
	bool found = (abis & ((1u << ABI_COUNT) - 1)) == 0;

	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		size_t n;
		const struct call_row *const *rows = decode_rows((enum abi)abi, &n);

		if (!(abis & (1u << abi)))
			continue;
		if (m->all)
			memset(s->rows[abi], true, s->n * sizeof(bool));
		for (size_t nr = 0; nr < n; nr++) {
			if (rows[nr] && matches(m, rows[nr], nr)) {
				s->rows[abi][rows[nr]->index] = true;
				found = true;
			}
		}
	}
	return found || m->all;
}

static void add_word(struct call_set *s, char *word)
{
	static const char *const bare[] = { "file", "desc", "memory", "process", "signal", "ipc", "network", "net" };
	bool optional = *word == '?';
	char *name = word + optional;
	char *at = *name == '/' ? NULL : strrchr(name, '@');
	struct match m = { .index = -1, .nr = -1 };
	unsigned abis = abis_of(at ? at + 1 : NULL);
	unsigned long nr;
	regex_t regex;

	if (abis == 0)
		say_usage("incorrect personality designator '%s' in qualification '%s'", at + 1, word);
	if (at)
		*at = '\0';
	if (*name == '/') {
		int err = regcomp(&regex, name + 1, REG_EXTENDED | REG_NOSUB);
		char reason[128];

		regerror(err, &regex, reason, sizeof(reason));
		if (err)
			say_die("regcomp: %s: %s", name + 1, reason);
		m.regex = &regex;
	} else if (*name == '%') {
		m.class = decode_class(name + 1);
	} else if (!strcmp(name, "all")) {
		m.all = true;
	} else if (number_of(name, INT_MAX, &nr)) {
		m.nr = (long)nr;
	} else if (*name) {
		m.index = decode_find(name);
		for (size_t i = 0; i < countof(bare); i++)
			if (!strcmp(name, bare[i]))
				m.class = decode_class(name);
	}
	bool found = add_match(s, &m, abis);
	if (m.regex)
		regfree(&regex);
	if (!found && !optional) {
		if (at)
			*at = '@';
		say_die("invalid system call '%s'", name);
	}
}

void filter_calls(struct call_set *s, const char *text)
{
	const char *whole = text;
	bool no = negated(&text);
	char *copy = must(strdup(text)), *rest = copy, *word;

	s->n = decode_row_count();
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		free(s->rows[abi]);
		s->rows[abi] = must(calloc(s->n, sizeof(bool)));
	}
	if (strcmp(text, "none") != 0) {
		if (!*text)
			say_die("invalid system call '%s'", whole);
		while ((word = strsep(&rest, ",")))
			if (*word)
				add_word(s, word);
	}
	free(copy);
	s->all = s->none = true;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (size_t i = 0; i < s->n; i++) {
			s->rows[abi][i] ^= no;
			if (abis_of(NULL) & (1u << abi)) {
				s->all &= s->rows[abi][i];
				s->none &= !s->rows[abi][i];
			}
		}
	}
}

/* --- signals --- */

static const char *const signal_names[] = {
	NULL, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
	"TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH",
	"IO", "PWR", "SYS", "RTMIN",
};

enum { SIGNAL_MAX = 64, SIGNAL_RTMIN = 32 };

int filter_signal_number(const char *text)
{
	static const struct {
		const char *name;
		int sig;
	} more[] = { { "IOT", SIGABRT }, { "POLL", SIGIO }, { "CLD", SIGCHLD }, { "RTMAX", SIGNAL_MAX } };
	unsigned long n;

	if (number_of(text, SIGNAL_MAX, &n))
		return (int)n;
	if (!strncasecmp(text, "SIG", 3))
		text += 3;
	for (size_t i = 1; i < countof(signal_names); i++)
		if (!strcasecmp(text, signal_names[i]))
			return (int)i;
	for (size_t i = 0; i < countof(more); i++)
		if (!strcasecmp(text, more[i].name))
			return more[i].sig;
	if (!strncasecmp(text, "RT_", 3) && number_of(text + 3, SIGNAL_MAX - SIGNAL_RTMIN, &n) && n > 0)
		return SIGNAL_RTMIN + (int)n;
	return 0;
}

const char *filter_signal_name(int sig, char buf[16])
{
	if (sig >= 1 && sig <= (int)countof(signal_names) - 1)
		snprintf(buf, 16, "SIG%s", signal_names[sig]);
	else if (sig > SIGNAL_RTMIN && sig <= SIGNAL_MAX)
		snprintf(buf, 16, "SIGRT_%d", sig - SIGNAL_RTMIN);
	else
		snprintf(buf, 16, "%d", sig);
	return buf;
}

void filter_signals(uint64_t *set, const char *text)
{
	bool no = negated(&text);
	char *copy = must(strdup(text)), *rest = copy, *word;

	*set = 0;
	if (!strcmp(text, "all")) {
		*set = ~0ull;
	} else if (strcmp(text, "none") != 0) {
		while ((word = strsep(&rest, ","))) {
			unsigned long number;
			int sig = filter_signal_number(word);

			if (sig)
				*set |= 1ull << (sig & 63);
			/* strace's set has room for numbers that no signal has. */
			else if (!number_of(word, 255, &number))
				say_die("invalid signal '%s'", word);
		}
	}
	if (no)
		*set = ~*set;
	free(copy);
}

/* --- words --- */

void filter_words(unsigned *mask, const char *text, const struct filter_word *words, size_t n, const char *what)
{
	bool no = negated(&text);
	char *copy = must(strdup(text)), *rest = copy, *word;
	unsigned all = 0;

	for (size_t i = 0; i < n; i++)
		all |= words[i].bit;
	*mask = 0;
	if (!strcmp(text, "all")) {
		*mask = all;
	} else if (strcmp(text, "none") != 0) {
		while ((word = strsep(&rest, ","))) {
			size_t i = 0;

			while (i < n && strcmp(word, words[i].word) != 0)
				i++;
			if (i == n)
				say_die("invalid %s '%s'", what, word);
			*mask |= words[i].bit;
		}
	}
	if (no)
		*mask = all & ~*mask;
	free(copy);
}

/* --- descriptors --- */

void filter_fds(struct fd_set_list *s, const char *text)
{
	bool no = negated(&text);
	char *copy = must(strdup(text)), *rest = copy, *word;

	free(s->fds);
	*s = (struct fd_set_list){ .negated = no };
	if (!strcmp(text, "all")) {
		s->negated = !no;
	} else if (strcmp(text, "none") != 0) {
		while ((word = strsep(&rest, ","))) {
			unsigned long fd;

			if (!number_of(word, INT_MAX, &fd))
				say_die("invalid descriptor '%s'", word);
			s->fds = must(realloc(s->fds, (s->n + 1) * sizeof(*s->fds)));
			s->fds[s->n++] = (int)fd;
		}
	}
	free(copy);
}

bool filter_has_fd(const struct fd_set_list *s, int fd)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->fds[i] == fd)
			return !s->negated;
	return s->negated;
}
