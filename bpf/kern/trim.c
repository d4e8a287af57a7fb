// SPDX-License-Identifier: GPL-2.0-only
/*
 * trim BTF BTF.EXT: leaves out of these two sections of a BPF object what dtrace does not carry: the lines of the source, which are
 * half of it, and the strings that only they used. Runs where the build runs, on what clang has just written; the files are changed in
 * place. Formats: Documentation/bpf/btf.rst of Linux.
 */
#include <linux/btf.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t hdr_len, func_info_off, func_info_len, line_info_off, line_info_len, core_relo_off, core_relo_len;
};

struct bytes {
	unsigned char *p;
	size_t n;
};

/* The strings in use, in the order of their first use; at 0 the empty one. */
static char *strings;
static uint32_t nstrings = 1;
static const char *old;
static uint32_t nold;

static struct bytes read_file(const char *path)
{
	struct bytes b = { 0 };
	FILE *fp = fopen(path, "rb");
	long size;

	if (!fp || fseek(fp, 0, SEEK_END) || (size = ftell(fp)) < 0 || fseek(fp, 0, SEEK_SET))
		err(1, "%s", path);
	b.n = (size_t)size;
	b.p = malloc(b.n + 1);
	if (!b.p || fread(b.p, 1, b.n, fp) != b.n)
		err(1, "%s", path);
	fclose(fp);
	return b;
}

static void write_file(const char *path, const void *a, size_t na, const void *b, size_t nb)
{
	FILE *fp = fopen(path, "wb");

	if (!fp || fwrite(a, 1, na, fp) != na || fwrite(b, 1, nb, fp) != nb || fclose(fp))
		err(1, "%s", path);
}

static void keep(uint32_t *off)
{
	const char *s;

	if (*off >= nold)
		errx(1, "a string is outside of its section");
	s = old + *off;
	for (uint32_t at = 0; at < nstrings; at += (uint32_t)strlen(strings + at) + 1) {
		if (strcmp(strings + at, s) == 0) {
			*off = at;
			return;
		}
	}
	*off = nstrings;
	strcpy(strings + nstrings, s); /* has room for all of them */
	nstrings += (uint32_t)strlen(s) + 1;
}

/* Words behind a type of this kind: how many for each of its vlen, whether the first of them is a name; and how many besides. */
static void keep_type(uint32_t **at, const uint32_t *end)
{
	struct btf_type *t = (struct btf_type *)*at;
	uint32_t kind = BTF_INFO_KIND(t->info), n = BTF_INFO_VLEN(t->info), each = 0, besides = 0;

	keep(&t->name_off);
	switch (kind) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		besides = 1;
		break;
	case BTF_KIND_ARRAY:
		besides = 3;
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM64:
	case BTF_KIND_DATASEC:
		each = 3;
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		each = 2;
		break;
	}
	*at += sizeof(*t) / sizeof(uint32_t) + besides;
	for (uint32_t i = 0; i < n && each; i++, *at += each) {
		if (*at + each > end)
			errx(1, "a type is cut off");
		if (kind != BTF_KIND_DATASEC)
			keep(*at);
	}
}

/* Sections of records: the size of one, then for each ELF section its name, how many there are, and they. */
static void keep_records(unsigned char *from, uint32_t bytes, int name_word)
{
	uint32_t *at = (uint32_t *)(void *)from, *end = at + bytes / 4, words;

	if (bytes < 4)
		return;
	words = *at++ / 4;
	while (at + 2 <= end) {
		uint32_t n = at[1];

		keep(at);
		at += 2;
		for (; n > 0 && at + words <= end; n--, at += words)
			if (name_word >= 0)
				keep(at + name_word);
	}
}

int main(int argc, char **argv)
{
	struct bytes btf, ext;
	struct btf_header *h;
	struct ext_header *x;
	uint32_t *at, *end;

	if (argc != 3) {
		fprintf(stderr, "usage: trim BTF BTF.EXT\n");
		return 2;
	}
	btf = read_file(argv[1]);
	ext = read_file(argv[2]);
	h = (struct btf_header *)(void *)btf.p;
	x = (struct ext_header *)(void *)ext.p;
	if (btf.n < sizeof(*h) || h->magic != BTF_MAGIC || h->hdr_len + h->str_off + h->str_len > btf.n || ext.n < sizeof(*x) ||
	    x->magic != BTF_MAGIC || x->hdr_len < sizeof(*x) || x->hdr_len + x->core_relo_off + x->core_relo_len > ext.n)
		errx(1, "%s and %s are not BTF and BTF.ext", argv[1], argv[2]);
	old = (const char *)btf.p + h->hdr_len + h->str_off;
	nold = h->str_len;
	strings = calloc(1, nold + 1);
	if (!strings)
		err(1, "no memory");
	at = (uint32_t *)(void *)(btf.p + h->hdr_len + h->type_off);
	for (end = at + h->type_len / 4; at + 3 <= end;)
		keep_type(&at, end);
	keep_records(ext.p + x->hdr_len + x->func_info_off, x->func_info_len, -1);
	keep_records(ext.p + x->hdr_len + x->core_relo_off, x->core_relo_len, 2);

	h->str_len = nstrings;
	write_file(argv[1], btf.p, h->hdr_len + h->type_off + h->type_len, strings, nstrings);
	x->line_info_len = 0;
	x->line_info_off = x->func_info_off + x->func_info_len;
	memmove(ext.p + x->hdr_len + x->line_info_off, ext.p + x->hdr_len + x->core_relo_off, x->core_relo_len);
	x->core_relo_off = x->line_info_off;
	write_file(argv[2], ext.p, x->hdr_len + x->core_relo_off + x->core_relo_len, "", 0);
	return 0;
}
