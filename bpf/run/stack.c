/* SPDX-License-Identifier: GPL-2.0-only
 * Stacks, a frame a line. Names of functions come with a later part; until then a frame is its address.
 */
#include "out.h"

void out_stack(const struct out *o, const struct rec_value *v, int indent)
{
	putc('\n', o->fp);
	for (uint32_t i = 0; i < v->nframes && v->frames[i]; i++) {
		fprintf(o->fp, "%*s", indent, "");
		out_address(o, v->frames[i], 0);
		putc('\n', o->fp);
	}
}
