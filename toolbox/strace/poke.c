/* SPDX-License-Identifier: GPL-2.0-only
 * Writing to where arguments point: see poke.h.
 */
#include "poke.h"
#include "peek.h"
#include "say.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* strace reads seven, as many as any call of any architecture has. */
enum { ARGS = 7 };

struct pokes {
	struct bytes {
		unsigned char *data; /* NULL: nothing for this argument */
		size_t n;
	} args[ARGS];
	unsigned order[ARGS], n; /* as they were written */
};

static int digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static bool read_bytes(struct bytes *b, const char *hex)
{
	size_t n = strlen(hex);

	if (n == 0 || n % 2 || strspn(hex, "0123456789abcdefABCDEF") != n)
		return false;
	b->n = n / 2;
	b->data = malloc(b->n);
	if (!b->data)
		say_die("Out of memory");
	for (size_t i = 0; i < b->n; i++)
		b->data[i] = (unsigned char)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
	return true;
}

/* "@argN=HEX" */
static bool read_one(struct pokes *p, const char *word)
{
	if (strncmp(word, "@arg", 4) != 0 || word[4] < '1' || word[4] >= '1' + ARGS || word[5] != '=')
		return false;
	unsigned arg = (unsigned)(word[4] - '1');
	if (p->args[arg].data || !read_bytes(&p->args[arg], word + 6))
		return false;
	p->order[p->n++] = arg;
	return true;
}

static void pokes_free(struct pokes *p)
{
	for (unsigned i = 0; i < ARGS; i++)
		free(p->args[i].data);
	free(p);
}

struct pokes *poke_parse(const char *text)
{
	struct pokes *p = calloc(1, sizeof(*p));
	char *copy = strdup(text), *rest = copy, *word;
	bool right = true;

	if (!p || !copy)
		say_die("Out of memory");
	while (right && (word = strsep(&rest, ",")))
		right = !*word || read_one(p, word);
	free(copy);
	if (right && p->n > 0)
		return p;
	pokes_free(p);
	return NULL;
}

bool poke_write(struct tracee *t, const struct pokes *p)
{
	bool any = false;

	for (unsigned i = 0; i < p->n; i++) {
		unsigned arg = p->order[i];
		const struct call_row *row = t->call.row;

		if (arg >= row->n_args) {
			say("Process %d: argument %u cannot be changed, %s has %u", (int)t->tid, arg + 1, row->name, row->n_args);
			continue;
		}
		uint64_t addr = t->call.args[arg];
		int r = peek_write(t, addr, p->args[arg].data, p->args[arg].n);
		if (r < 0)
			say("Process %d: %s: cannot write to argument %u, %#" PRIx64 ": %s", (int)t->tid, row->name, arg + 1, addr,
			    strerror(-r));
		else
			any = true;
	}
	return any;
}
