/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as .eh_frame, with a stack of any bytes: the first 16 say where to look, what follows is both.
 */
#include "bpf/sym/unwind.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct image {
	const uint8_t *data;
	size_t len;
};

static bool read_image(void *ctx, uint64_t addr, void *buf, size_t n)
{
	const struct image *i = ctx;

	addr &= 0xffff;
	if (addr > i->len || n > i->len - addr)
		return false;
	memcpy(buf, i->data + addr, n);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 16)
		return 0;
	struct image image = { data + 16, size - 16 };
	struct unwind_memory mem = { read_image, &image };
	struct unwind_table t = { .machine = data[0] & 1 ? EM_AARCH64 : data[0] & 2 ? EM_386 : EM_X86_64, .frame = data + 16, .frame_len = size - 16,
				  .frame_addr = data[1] * 256u };
	struct unwind_regs regs = { .machine = t.machine };
	uint64_t value;
	bool signal;

	for (unsigned i = 0; i < UNWIND_REGS; i++)
		if (data[2 + i / 8] >> i % 8 & 1)
			unwind_set(&regs, i, data[8 + i % 8] * 16u);
	unwind_index(&t);
	for (size_t i = 0; i < t.n && i < 32; i++) {
		struct unwind_regs r = regs;
		uint64_t at = t.index[i].start + data[7] % (t.index[i].end - t.index[i].start);

		for (int steps = 0; steps < 8 && unwind_cfi(&t, at, 0, &mem, &r, &signal) == UNWIND_OK; steps++)
			if (!unwind_has(&r, unwind_pc(t.machine)) || !unwind_has(&r, unwind_sp(t.machine)))
				abort();
	}
	free(t.index);
	unwind_expression(data + 16, size - 16, &regs, 0, &mem, &regs.r[0], &value);
	unwind_frame_pointer(t.machine, &mem, &regs);
	return 0;
}
