/* SPDX-License-Identifier: GPL-2.0-only
 * Stacks, a frame a line, and symbols: by name where one is known, else by address.
 */
#include "out.h"

#include "toolbox/lib/text.h"

static bool name_of(const struct out *o, uint64_t pid, uint64_t address, bool is_return, enum usym_form form, char *buf, size_t size)
{
	return o->usym && usym_name(o->usym, pid, address, is_return, form, buf, size);
}

void out_stack(const struct out *o, const struct rec_value *v, int indent)
{
	char name[2048];

	putc('\n', o->fp);
	for (uint32_t i = 0; i < v->nframes && v->frames[i]; i++) {
		fprintf(o->fp, "%*s", indent, "");
		/* The first frame is where the thread is, the others are where calls return to. */
		if (name_of(o, v->pid, v->frames[i], i > 0, USYM_OFFSET, name, sizeof name))
			text_printf(o->fp, "%s", name);
		else
			out_address(o, v->frames[i], 0);
		putc('\n', o->fp);
	}
}

void out_symbol(const struct out *o, const struct rec_value *v, int width)
{
	char name[2048];
	enum usym_form form = v->type.size == IR_ACT_UMOD ? USYM_MODULE : v->type.size == IR_ACT_UADDR ? USYM_OFFSET : USYM_FUNCTION;

	/* Of the kernel's the process is 0. */
	if (!name_of(o, v->pid, (uint64_t)v->i, false, form, name, sizeof name))
		out_address(o, (uint64_t)v->i, width);
	else if (width < 0)
		text_printf(o->fp, "%-*s", -width, name);
	else
		text_printf(o->fp, "%*s", width, name);
}
