/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as a kernel's type information. What is picked out of them must be a BTF in which each name and each type that is named
 * is there.
 */
#include "bpf/run/corebtf.h"

#include <linux/btf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char names[] = "\0task\0a\0u___old\0x\0kinds\0KIND_B";

static void check_id(uint32_t id, uint32_t n)
{
	if (id > n)
		abort();
}

/* The result: first how many types there are, then (n known) what they name. Returns how many. */
static uint32_t walk(const unsigned char *p, const struct btf_header *h, uint32_t n)
{
	uint32_t found = 0;

	for (uint32_t at = 0; at < h->type_len; found++) {
		struct btf_type t;
		uint32_t kind, vlen, word[3];

		if (h->type_len - at < sizeof t)
			abort();
		memcpy(&t, p + at, sizeof t);
		at += (uint32_t)sizeof t;
		kind = BTF_INFO_KIND(t.info);
		vlen = BTF_INFO_VLEN(t.info);
		if (t.name_off >= h->str_len)
			abort();
		if (kind == BTF_KIND_INT) {
			at += 4;
		} else if (kind == BTF_KIND_ARRAY) {
			memcpy(word, p + at, sizeof word);
			at += 12;
			if (n != UINT32_MAX)
				check_id(word[0], n);
		} else if (kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION) {
			for (uint32_t i = 0; i < vlen; i++, at += 12) {
				memcpy(word, p + at, sizeof word);
				if (word[0] >= h->str_len)
					abort();
				check_id(word[1], n);
			}
		} else if (kind == BTF_KIND_ENUM || kind == BTF_KIND_ENUM64) {
			at += vlen * (kind == BTF_KIND_ENUM ? 8 : 12);
		} else if (kind != BTF_KIND_PTR && kind != BTF_KIND_FLOAT) {
			abort();
		}
		if (at > h->type_len)
			abort();
	}
	return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int kernel = -1, out = -1;
	static unsigned char local[sizeof(struct btf_header) + sizeof names], result[4 << 20];
	struct btf_header h = { .magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof h, .str_len = sizeof names };
	ssize_t n;

	if (kernel < 0) {
		kernel = memfd_create("kernel", 0);
		out = memfd_create("picked", 0);
		memcpy(local, &h, sizeof h);
		memcpy(local + sizeof h, names, sizeof names);
	}
	if (ftruncate(kernel, 0) != 0 || ftruncate(out, 0) != 0 || lseek(out, 0, SEEK_SET) != 0 ||
	    pwrite(kernel, data, size, 0) != (ssize_t)size)
		abort();
	if (corebtf_write(kernel, local, sizeof local, out) != 0)
		return 0;
	n = pread(out, result, sizeof result, 0);
	if (n < (ssize_t)sizeof h)
		abort();
	memcpy(&h, result, sizeof h);
	if (h.magic != BTF_MAGIC || (size_t)n < sizeof result ? (size_t)n != sizeof h + h.type_len + h.str_len : 0)
		abort();
	if ((size_t)n < sizeof result)
		walk(result + sizeof h, &h, walk(result + sizeof h, &h, UINT32_MAX));
	return 0;
}
