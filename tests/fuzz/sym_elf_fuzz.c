/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as an ELF file: headers, symbols, packed symbols, links to other files, Go's table and code.
 */
#include "bpf/sym/debugfile.h"
#include "bpf/sym/symtab.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct image {
	const uint8_t *data;
	size_t len;
};

static ssize_t read_image(void *ctx, uint64_t offset, void *buf, size_t n)
{
	const struct image *i = ctx;

	if (offset >= i->len)
		return 0;
	n = n < i->len - offset ? n : (size_t)(i->len - offset);
	memcpy(buf, i->data + offset, n);
	return (ssize_t)n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image image = { data, size };
	uint8_t id[ELF_ID_MAX];
	struct symtab t;
	struct elf e;
	const char *name;
	uint64_t start, at;
	int32_t delta;

	if (elffile_open(&e, (struct elf_source){ read_image, &image }) < 0)
		return 0;
	if (elf_build_id(&e, id) > ELF_ID_MAX)
		abort();
	symtab_load(&t, &e, NULL, NULL);
	for (size_t i = 0; i < t.n && i < 64; i++) {
		if (i > 0 && t.symbols[i].addr <= t.symbols[i - 1].addr)
			abort();
		if (symtab_find(&t, t.symbols[i].addr, &name, &start) && strlen(name) > size)
			abort();
	}
	for (size_t i = 0; t.go && i < e.n_sections && i < 64; i++) {
		if (gopcln_find(t.go, e.sections[i].addr, &name, &start) && start > e.sections[i].addr)
			abort();
		gopcln_sp_delta(t.go, e.sections[i].addr, &delta);
	}
	symtab_address(&e, "main", &at);
	char link[256];
	uint32_t crc;
	if (debugfile_link(&e, link, &crc) && (strchr(link, '/') || !*link))
		abort();
	uint64_t suspects[8];
	if (t.go && goref_find(&e, t.go, "runtime.allgadd", suspects, 8) > 8)
		abort();
	symtab_free(&t);
	elffile_close(&e);
	return 0;
}
