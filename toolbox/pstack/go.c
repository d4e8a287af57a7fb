/* SPDX-License-Identifier: GPL-2.0-only
 * Goroutines that wait, of Go 1.16 and later: runtime.allgs lists them, and each keeps where it stopped. Where in a
 * g the numbers stand differs by version and is told by looking which place makes sense for all of them.
 */
#include "pstack.h"
#include "toolbox/lib/base.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SUSPECTS = 64, MAX_GOROUTINES = 1 << 20, G_BYTES = 256, SCHED_SP = 56, SCHED_PC = 64, SAMPLE = 64 };
enum { G_RUNNABLE = 1, G_RUNNING, G_SYSCALL, G_WAITING, G_DEAD = 6, G_PREEMPTED = 9, G_SCAN = 0x1000 };

static uint64_t word(const uint8_t *g, unsigned at)
{
	uint64_t v;

	memcpy(&v, g + at, 8);
	return v;
}

static unsigned status_at(const uint8_t *g, unsigned at)
{
	return (unsigned)(word(g, at) & 0xffffffff & ~(uint64_t)G_SCAN);
}

static bool read_g(const struct target *t, uint64_t list, size_t i, uint8_t g[G_BYTES])
{
	uint8_t p[8];

	return t->mem.read(t->mem.ctx, list + 8 * i, p, 8) && t->mem.read(t->mem.ctx, word(p, 0), g, G_BYTES);
}

/* The offset of atomicstatus, in front of stackLock (0) and goid (small, and never twice). 0: none makes sense. */
static unsigned find_status(const struct target *t, uint64_t list, size_t n)
{
	static const unsigned places[] = { 144, 152, 136, 160 };

	for (size_t k = 0; k < sizeof(places) / sizeof(places[0]); k++) {
		unsigned at = places[k];
		uint64_t last = 0;
		size_t good = 0, seen = 0;

		for (size_t i = 0; i < n && i < SAMPLE; i++) {
			uint8_t g[G_BYTES];

			if (!read_g(t, list, i, g))
				continue;
			seen++;
			uint64_t id = word(g, at + 8);
			unsigned status = status_at(g, at);
			if (status <= G_PREEMPTED && word(g, at) >> 32 == 0 && id < (uint64_t)1 << 48 &&
			    (status == G_DEAD || (status != 0 && id != last && id != 0)))
				good++;
			last = id;
		}
		if (seen > 0 && good == seen)
			return at;
	}
	return 0;
}

static bool keeps_its_place(unsigned status)
{
	return status == G_RUNNABLE || status == G_WAITING || status == G_PREEMPTED;
}

static void take_one(struct target *t, const uint8_t *g, struct goroutine *to, struct sym_frame *room)
{
	struct unwind_regs regs = { .machine = sym_machine };

	unwind_set(&regs, unwind_sp(sym_machine), word(g, SCHED_SP));
	unwind_set(&regs, unwind_pc(sym_machine), word(g, SCHED_PC));
	to->n = sym_walk(t->sym, &t->mem, regs, false, room, t->max, &to->end);
	to->frames = malloc(to->n * sizeof(*room));
	if (to->frames)
		memcpy(to->frames, room, to->n * sizeof(*room));
	else
		to->n = 0;
}

static int by_id(const void *a, const void *b)
{
	const struct goroutine *x = a;
	const struct goroutine *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* Whether the slice at an address is a list of goroutines; then *status_place is not 0. */
static bool is_list(const struct target *t, uint64_t at, uint64_t *list, uint64_t *n, unsigned *status_place)
{
	uint8_t slice[24];

	if (!t->mem.read(t->mem.ctx, at, slice, sizeof(slice)))
		return false;
	*list = word(slice, 0);
	*n = word(slice, 8);
	*status_place = 0;
	if (*n > 0 && *n <= MAX_GOROUTINES && *n <= word(slice, 16) && *list % 8 == 0)
		*status_place = find_status(t, *list, (size_t)*n);
	return *status_place != 0;
}

/* By its symbol; where symbols are gone, by the one place that uses it and holds what it must. */
static bool find_list(const struct target *t, uint64_t *list, uint64_t *n, unsigned *status_place)
{
	uint64_t at, suspects[MAX_SUSPECTS];

	if (sym_go_variable(t->sym, "runtime.allgs", &at))
		return is_list(t, at, list, n, status_place);
	size_t many = sym_go_suspects(t->sym, "runtime.allgadd", suspects, countof(suspects));
	for (size_t i = 0; i < many; i++)
		if (is_list(t, suspects[i], list, n, status_place))
			return true;
	return false;
}

void go_take(struct target *t, uint64_t deadline_ns)
{
	struct go_list *go = &t->go;
	uint8_t g[G_BYTES];

	if (!t->goroutines) {
		if (!find_list(t, &go->at, &go->n, &go->status_place))
			return;
		t->goroutines = calloc((size_t)go->n, sizeof(*t->goroutines));
	}
	struct sym_frame *room = malloc(t->max * sizeof(*room));
	for (; room && t->goroutines && go->next < go->n && clock_ns() < deadline_ns; go->next++) {
		if (!read_g(t, go->at, (size_t)go->next, g))
			continue;
		struct goroutine *to = &t->goroutines[t->n_goroutines];
		to->status = status_at(g, go->status_place);
		to->id = word(g, go->status_place + 8);
		if (to->status == 0 || to->status == G_DEAD)
			continue;
		t->n_goroutines++;
		t->n_moving += !t->held;
		if (keeps_its_place(to->status))
			take_one(t, g, to, room);
	}
	free(room);
	if (t->n_goroutines > 0 && go->next == go->n)
		qsort(t->goroutines, t->n_goroutines, sizeof(*t->goroutines), by_id);
}
