/* SPDX-License-Identifier: GPL-2.0-only
 * Variables of a Go program whose symbols are gone (-ldflags -s): the function that uses one is known by Go's own table, and
 * its code tells where they are. What is found is a list of suspects; the caller knows one by what it holds.
 */
#include "symtab.h"
#include "read.h"

#include <elf.h>
#include <stdlib.h>

enum { MAX_CODE = 16 << 10, NEAR = 16 };

struct found {
	const struct elf *e;
	uint64_t *vaddr;
	size_t n, max;
};

/* Variables lie, aligned, in a segment that can be written to. */
static void suspect(struct found *f, uint64_t vaddr)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->vaddr[i] == vaddr)
			return;
	for (size_t i = 0; i < f->e->n_segments && vaddr % 8 == 0; i++) {
		const struct elf_segment *s = &f->e->segments[i];

		if (s->type == PT_LOAD && s->flags & PF_W && vaddr >= s->vaddr && vaddr - s->vaddr < s->memsz && f->n < f->max) {
			f->vaddr[f->n++] = vaddr;
			return;
		}
	}
}

/* Operands relative to the next instruction: a mod-r/m byte of the form 00 reg 101 and 4 bytes. Instructions are not told apart:
 * a wrong suspect does no harm. */
static void look_x86(struct found *f, const uint8_t *code, size_t len, uint64_t vaddr)
{
	for (size_t i = 1; i + 4 <= len; i++) {
		struct cursor c = cursor_at(code, len, i);

		if ((code[i - 1] & 0xc7) == 0x05)
			suspect(f, vaddr + i + 4 + (uint64_t)cursor_int(&c, 4));
	}
}

/* ADRP Xd, page; and soon ADD Xn, Xd, offset or LDR Xn, [Xd, offset]. */
static void look_arm(struct found *f, const uint8_t *code, size_t len, uint64_t vaddr)
{
	for (size_t i = 0; i + 4 <= len; i += 4) {
		struct cursor c = cursor_at(code, len, i);
		uint64_t adrp = cursor_uint(&c, 4);

		if ((adrp & 0x9f000000) != 0x90000000)
			continue;
		uint64_t pages = (adrp >> 29 & 3) | (adrp >> 5 & 0x7ffff) << 2;
		uint64_t page = ((vaddr + i) & ~(uint64_t)0xfff) + (uint64_t)((int64_t)(pages << 43) >> 31);
		for (unsigned j = 0; j < NEAR && cursor_left(&c) >= 4; j++) {
			uint64_t next = cursor_uint(&c, 4);

			if ((next >> 5 & 31) != (adrp & 31))
				continue;
			if ((next & 0xffc00000) == 0x91000000)
				suspect(f, page + (next >> 10 & 0xfff));
			else if ((next & 0xffc00000) == 0xf9400000 || (next & 0xffc00000) == 0xf9000000)
				suspect(f, page + (next >> 10 & 0xfff) * 8);
		}
	}
}

size_t goref_find(const struct elf *e, const struct gopcln *go, const char *function, uint64_t *vaddr, size_t max)
{
	struct found f = { e, vaddr, 0, max };
	uint64_t start, end, offset;
	uint8_t *code;
	size_t len;

	if (!gopcln_function(go, function, &start, &end) || end - start > MAX_CODE || !elf_offset(e, start, &offset) ||
	    elf_load(e, offset, end - start, &code, &len) < 0)
		return 0;
	if (e->machine == EM_X86_64)
		look_x86(&f, code, len, start);
	else if (e->machine == EM_AARCH64)
		look_arm(&f, code, len, start);
	free(code);
	return f.n;
}
