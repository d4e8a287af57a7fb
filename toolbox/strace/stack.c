/* SPDX-License-Identifier: GPL-2.0-only
 * -k: registers and memory of a stopped thread to lines; the names come from bpf/sym. What is mapped is read anew for
 * each stack, as it may have changed by calls that were not stopped at; files are read once.
 */
#include "stack.h"
#include "peek.h"
#include "bpf/sym/demangle.h"
#include "bpf/sym/stack.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_FRAMES = 256, PROCESSES = 64 };

/* A few processes at a time make the calls. */
static struct process {
	pid_t tgid;
	struct sym_process *sym;
} processes[PROCESSES];

static bool read_tracee(void *ctx, uint64_t addr, void *buf, size_t n)
{
	return peek_read(ctx, addr, buf, n) == (ssize_t)n;
}

static void forget(struct process *p)
{
	sym_close(p->sym);
	*p = (struct process){ 0 };
}

void stack_forget(struct tracee *t)
{
	struct process *p = &processes[(unsigned)tracee_tgid(t) % PROCESSES];

	if (p->tgid == tracee_tgid(t))
		forget(p);
}

static struct sym_process *find_process(struct tracee *t, const struct unwind_memory *mem)
{
	pid_t tgid = tracee_tgid(t);
	struct process *p = &processes[(unsigned)tgid % PROCESSES];

	/* A thread that has ended maps nothing: it was opened by that one. */
	if (p->sym && p->tgid == tgid && sym_refresh(p->sym) == 0 && sym_maps(p->sym)->n)
		return p->sym;
	forget(p);
	/* By the thread: its leader may have ended. */
	if (sym_open(&p->sym, t->tid, mem) < 0)
		return NULL;
	p->tgid = tgid;
	return p->sym;
}

static void put_frame(struct sym_process *sym, const struct sym_frame *f, struct out *o)
{
	struct sym_place place;
	char name[DEMANGLE_OUT_MAX];

	if (!sym_name(sym, f, &place) || !*place.path) {
		out_printf(o, " > unexpected_backtracing_error [%#" PRIx64 "]\n", f->pc);
		return;
	}
	out_puts(o, " > ");
	out_escaped(o, place.path, strlen(place.path), OUT_HEX_NONE, "\n");
	out_putc(o, '(');
	if (place.name) {
		demangle(place.name, name, sizeof(name), 1);
		out_escaped(o, name, strlen(name), OUT_HEX_NONE, "\n");
		out_printf(o, "+%#" PRIx64, place.name_offset);
	}
	out_printf(o, ") [%#" PRIx64 "]\n", place.offset);
}

void stack_put(struct tracee *t, struct out *o)
{
	struct unwind_memory mem = { read_tracee, t };
	struct sym_frame frames[MAX_FRAMES];
	struct unwind_regs regs;
	enum sym_end end;

	if (!tracee_unwind_regs(t, &regs))
		return;
	struct sym_process *sym = find_process(t, &mem);
	if (!sym)
		return;
	size_t n = sym_walk(sym, &mem, regs, false, frames, MAX_FRAMES, &end);
	for (size_t i = 0; i < n; i++)
		put_frame(sym, &frames[i], o);
}
