/* SPDX-License-Identifier: GPL-2.0-only
 * Tampering: see inject.h.
 */
#include "inject.h"
#include "filter.h"
#include "options.h"
#include "say.h"
#include "../lib/base.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WHEN_MAX = 65535, ERROR_MAX = 4095 };

static struct rule {
	struct call_set calls;
	struct inject_call what;
	uint32_t first, last, step; /* which of the calls; last 0: no end */
	bool instead; /* "syscall" was there */
} *rules;
static size_t n_rules;

struct inject_counts {
	size_t n;
	uint16_t made[]; /* by rule and row: a call of two rules counts in both */
};

bool inject_any(void)
{
	return n_rules > 0;
}

static bool number(const char **p, uint32_t min, uint32_t max, uint32_t *value)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	errno = 0;
	unsigned long n = strtoul(*p, &end, 10);
	if (errno || n < min || n > max)
		return false;
	*p = end;
	*value = (uint32_t)n;
	return true;
}

/* FIRST[..LAST][+[STEP]] */
static bool read_when(struct rule *r, const char *p)
{
	if (!number(&p, 1, WHEN_MAX, &r->first))
		return false;
	r->last = r->first;
	r->step = 1;
	if (!strncmp(p, "..", 2)) {
		p += 2;
		if (!number(&p, r->first, WHEN_MAX - 1, &r->last))
			return false;
		if (!*p)
			return true;
	} else if (*p == '+') {
		r->last = 0;
	}
	if (*p == '+') {
		p++;
		if (*p && !number(&p, 1, WHEN_MAX, &r->step))
			return false;
	}
	return !*p;
}

static bool read_error(struct inject_call *what, const char *text)
{
	const char *p = text;
	uint32_t n = 0;

	if (isdigit((unsigned char)*text)) {
		if (!number(&p, 1, ERROR_MAX, &n) || *p)
			return false;
	} else {
		n = (uint32_t)decode_errno_number(text);
		if (n == 0)
			return false;
	}
	what->result = what->error = true;
	what->ret = -(int64_t)n;
	return true;
}

static bool read_retval(struct inject_call *what, const char *text)
{
	char *end;

	errno = 0;
	what->ret = *text == '-' ? strtoll(text, &end, 0) : (int64_t)strtoull(text, &end, 0);
	if (errno || end == text || *end)
		return false;
	what->result = true;
	uint64_t ret = (uint64_t)what->ret;
	int32_t low = (int32_t)what->ret;
	if (what->ret < 0 && what->ret >= -ERROR_MAX) {
		say("Inadvertent injection of error %" PRId64 " is possible for retval=%" PRIu64, -what->ret, ret);
		what->error = true;
	}
#if defined(__x86_64__)
	/* An i386 program gets the lower half. */
	else if (low < 0 && low >= -ERROR_MAX)
		say("Inadvertent injection of error %d is possible in compat personality for retval=%" PRIu64, -low, ret);
	else if (ret > UINT32_MAX)
		say("Injected return value %" PRIu64 " will be clipped to %u in compat personality", ret, (uint32_t)low);
#else
	(void)low;
#endif
	return true;
}

/* A number as strace reads it: strtod(3) would take hexadecimal ones, too. */
static bool read_delay(const char *text, uint64_t *ns)
{
	return !strpbrk(text, "xX") && options_time(text, ns);
}

static bool is_pure(const char *name)
{
	int index = decode_find(name);
	uint64_t pure = decode_class("pure");

	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		size_t n;
		const struct call_row *const *rows = decode_rows((enum abi)abi, &n);

		for (size_t i = 0; i < n; i++)
			if (rows[i] && rows[i]->index == index)
				return rows[i]->classes & pure;
	}
	return false;
}

static bool read_word(struct rule *r, char *word, bool fault, bool *any)
{
	struct inject_call *what = &r->what;
	char *value = strchr(word, '=');

	if (!value)
		return false;
	*value++ = '\0';
	if (!strcmp(word, "when"))
		return read_when(r, value);
	if (!strcmp(word, "syscall")) {
		/* The call that is made instead has no effect, so none is made. */
		bool first = !r->instead;

		r->instead = true;
		return first && is_pure(value);
	}
	*any = true;
	if (!strcmp(word, "error"))
		return !what->result && read_error(what, value);
	if (fault)
		return false;
	if (!strcmp(word, "retval"))
		return !what->result && read_retval(what, value);
	if (!strcmp(word, "signal"))
		return what->sig == 0 && (what->sig = filter_signal_number(value)) != 0;
	if (!strcmp(word, "delay_enter"))
		return !what->enter && (what->enter = read_delay(value, &what->enter_ns));
	if (!strcmp(word, "delay_exit"))
		return !what->exit && (what->exit = read_delay(value, &what->exit_ns));
	if (!strcmp(word, "poke_enter"))
		return !what->poke_enter && (what->poke_enter = poke_parse(value));
	if (!strcmp(word, "poke_exit"))
		return !what->poke_exit && (what->poke_exit = poke_parse(value));
	return false;
}

void inject_add(const char *text, bool fault)
{
	struct rule r = { .first = 1, .step = 1 };
	char *copy = strdup(text), *rest = copy, *word;
	struct rule *grown = realloc(rules, (n_rules + 1) * sizeof(*rules));
	bool any = false;

	if (!grown || !copy)
		say_die("Out of memory");
	rules = grown;
	word = strsep(&rest, ":");
	filter_calls(&r.calls, word);
	while ((word = strsep(&rest, ":")))
		if (*word && !read_word(&r, word, fault, &any))
			say_die("invalid %s argument '%s'", fault ? "fault" : "inject", text);
	free(copy);
	if (fault && !r.what.result)
		read_error(&r.what, "ENOSYS");
	else if (!any)
		say_die("invalid %s argument '%s'", fault ? "fault" : "inject", text);
	rules[n_rules++] = r;
}

void inject_counts_free(struct inject_counts *n)
{
	free(n);
}

static bool due(const struct rule *r, uint32_t nth)
{
	return nth >= r->first && (r->last == 0 || nth <= r->last) && (nth - r->first) % r->step == 0;
}

bool inject_entry(struct inject_counts **counts, const struct call *c, struct inject_call *what)
{
	bool any = false;

	*what = (struct inject_call){ 0 };
	for (size_t i = n_rules; i-- > 0;) {
		const struct rule *r = &rules[i];

		if (!filter_has(&r->calls, c->abi, c->row))
			continue;
		if (!*counts) {
			size_t n = n_rules * decode_row_count();

			*counts = calloc(1, sizeof(**counts) + n * sizeof((*counts)->made[0]));
			if (!*counts)
				return false;
			(*counts)->n = n;
		}
		uint16_t *made = &(*counts)->made[i * decode_row_count() + c->row->index];
		if (*made < UINT16_MAX)
			++*made;
		if (!due(r, *made))
			continue;
		any = true;
		/* Of several expressions the last that says something about a matter counts. */
		if (r->what.result && !what->result) {
			what->result = true;
			what->ret = r->what.ret;
			what->error = r->what.error;
		}
		if (!what->sig)
			what->sig = r->what.sig;
		if (r->what.enter && !what->enter) {
			what->enter = true;
			what->enter_ns = r->what.enter_ns;
		}
		if (r->what.exit && !what->exit) {
			what->exit = true;
			what->exit_ns = r->what.exit_ns;
		}
		if (!what->poke_enter)
			what->poke_enter = r->what.poke_enter;
		if (!what->poke_exit)
			what->poke_exit = r->what.poke_exit;
	}
	return any;
}
