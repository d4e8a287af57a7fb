/* SPDX-License-Identifier: GPL-2.0-only
 * MiniDebugInfo: .gnu_debugdata is an xz-packed ELF file with the symbols that .dynsym lacks. One level only: what is
 * in it is not asked for another one.
 */
#include "symtab.h"

#include <errno.h>
#include <lzma.h>
#include <stdlib.h>

enum { MAX_PACKED = 16 << 20, MAX_UNPACKED = 64 << 20, MAX_DECODER = 80 << 20, STEP = 256 << 10 };

static int unpack(lzma_stream *s, uint8_t **data, size_t *len)
{
	size_t cap = 0;

	for (;;) {
		if (s->avail_out == 0) {
			uint8_t *more = cap >= MAX_UNPACKED ? NULL : realloc(*data, cap + STEP);

			if (!more)
				return cap >= MAX_UNPACKED ? -EFBIG : -ENOMEM;
			*data = more;
			s->next_out = more + cap;
			s->avail_out = STEP;
			cap += STEP;
		}
		lzma_ret ret = lzma_code(s, LZMA_FINISH);
		*len = cap - s->avail_out;
		if (ret == LZMA_STREAM_END)
			return 0;
		if (ret == LZMA_MEM_ERROR || ret == LZMA_MEMLIMIT_ERROR)
			return -ENOMEM;
		if (ret != LZMA_OK)
			return -EBADMSG;
	}
}

int minidebug_load(const struct elf *e, uint8_t **data, size_t *len)
{
	const struct elf_section *sec = elf_section(e, ".gnu_debugdata");
	lzma_stream s = LZMA_STREAM_INIT;
	uint8_t *packed;
	size_t packed_len;

	*data = NULL;
	*len = 0;
	if (!sec)
		return -ENODATA;
	if (sec->size > MAX_PACKED)
		return -EFBIG;
	int err = elf_load_section(e, sec, &packed, &packed_len);
	if (err < 0)
		return err;
	/* Our liblzma knows CRC32 only; what is found is checked like any other file in any case. */
	if (lzma_stream_decoder(&s, MAX_DECODER, LZMA_IGNORE_CHECK) != LZMA_OK) {
		free(packed);
		return -ENOMEM;
	}
	s.next_in = packed;
	s.avail_in = packed_len;
	err = unpack(&s, data, len);
	lzma_end(&s);
	free(packed);
	if (err < 0) {
		free(*data);
		*data = NULL;
		*len = 0;
	}
	return err;
}
