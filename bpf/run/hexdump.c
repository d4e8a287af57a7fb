/* SPDX-License-Identifier: GPL-2.0-only
 * dtrace's dump of memory: what tracemem prints, and trace() for bytes that are no text.
 */
#include "out.h"

#define MARGIN 5

void out_hexdump(const struct out *o, const unsigned char *p, size_t n)
{
	fprintf(o->fp, "\n%*s      ", MARGIN, "");
	for (unsigned i = 0; i < 16; i++)
		fprintf(o->fp, "  %x", i);
	fputs("  0123456789abcdef\n", o->fp);
	for (size_t row = 0; row < n; row += 16) {
		size_t end = n - row < 16 ? n : row + 16;

		fprintf(o->fp, "%*s%5zx:", MARGIN, "", row);
		for (size_t i = row; i < end; i++)
			fprintf(o->fp, " %02x", p[i]);
		fprintf(o->fp, "%*s  ", (int)(row + 16 - end) * 3, "");
		for (size_t i = row; i < end; i++)
			putc(p[i] < ' ' || p[i] > '~' ? '.' : p[i], o->fp);
		putc('\n', o->fp);
	}
}
