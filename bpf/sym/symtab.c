/* SPDX-License-Identifier: GPL-2.0-only
 * Tables of symbols: see symtab.h.
 */
#include "symtab.h"
#include "read.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>

enum { MAX_SYMBOLS = 4 << 20 };

uint32_t symtab_text(struct symtab *t, const char *text, size_t len)
{
	if (t->names_len + len + 1 > UINT32_MAX / 2)
		return UINT32_MAX;
	char *more = realloc(t->names, t->names_len + len + 1);
	if (!more)
		return UINT32_MAX;
	t->names = more;
	memcpy(more + t->names_len, text, len);
	more[t->names_len + len] = '\0';
	uint32_t at = (uint32_t)t->names_len;
	t->names_len += len + 1;
	return at;
}

bool symtab_add(struct symtab *t, struct symbol s)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 1024;
		struct symbol *more = cap > MAX_SYMBOLS ? NULL : realloc(t->symbols, cap * sizeof(*more));

		if (!more)
			return false;
		t->symbols = more;
		t->cap = cap;
	}
	t->symbols[t->n++] = s;
	return true;
}

/* Names that start in the program's own file are what a person wrote: global before weak before local. */
static uint8_t rank_of(const Elf64_Sym *s, const char *name)
{
	uint8_t rank = 2;

	if (ELF64_ST_BIND(s->st_info) == STB_GLOBAL)
		rank = 0;
	else if (ELF64_ST_BIND(s->st_info) == STB_WEAK)
		rank = 1;
	/* Of aliases the one without underscores is what programs call. */
	return (uint8_t)(rank * 4 + (name[0] == '_' ? 1 + (name[1] == '_') : 0));
}

static bool is_function(const Elf64_Sym *s, const char *name)
{
	unsigned type = ELF64_ST_TYPE(s->st_info);

	if (s->st_shndx == SHN_UNDEF || s->st_shndx == SHN_ABS || name[0] == '\0')
		return false;
	/* Assembler functions often have no type; "$x" and the like mark code and data on aarch64. */
	return type == STT_FUNC || type == STT_GNU_IFUNC || (type == STT_NOTYPE && name[0] != '$' && name[0] != '.');
}

/* Calls found(arg, symbol, name) for each entry of such a section until it returns false. */
static int each_symbol(const struct elf *e, uint32_t type, bool (*found)(void *, const Elf64_Sym *, const char *, size_t),
		       void *arg)
{
	const struct elf_section *sec = elf_section_of_type(e, type);
	uint8_t *data = NULL;
	uint8_t *names = NULL;
	size_t len, names_len;

	if (!sec || sec->link >= e->n_sections)
		return -ENODATA;
	int err = elf_load_section(e, sec, &data, &len);
	if (!err)
		err = elf_load_section(e, &e->sections[sec->link], &names, &names_len);
	size_t each = e->small ? sizeof(Elf32_Sym) : sizeof(Elf64_Sym);
	for (size_t at = 0; !err && at + each <= len; at += each) {
		Elf32_Sym small;
		Elf64_Sym s;

		if (e->small) {
			memcpy(&small, data + at, sizeof(small));
			s = (Elf64_Sym){ small.st_name,	 small.st_info,	 small.st_other,
					 small.st_shndx, small.st_value, small.st_size };
		} else {
			memcpy(&s, data + at, sizeof(s));
		}
		if (s.st_name >= names_len)
			continue;
		const char *name = (const char *)names + s.st_name;
		if (!found(arg, &s, name, s.st_name))
			break;
	}
	free(names);
	free(data);
	return err;
}

struct adding {
	struct symtab *t;
	uint32_t base; /* where the section's names begin in ours */
	bool failed;
};

static bool add_function(void *arg, const Elf64_Sym *s, const char *name, size_t offset)
{
	struct adding *a = arg;
	struct symbol sym = {
		.addr = s->st_value,
		.size = s->st_size > UINT32_MAX ? UINT32_MAX : (uint32_t)s->st_size,
		.name = a->base + (uint32_t)offset,
	};

	if (!is_function(s, name))
		return true;
	sym.rank = rank_of(s, name);
	a->failed = !symtab_add(a->t, sym);
	return !a->failed;
}

int symtab_add_section(struct symtab *t, const struct elf *e, uint32_t type)
{
	const struct elf_section *sec = elf_section_of_type(e, type);
	struct adding a = { .t = t };
	uint8_t *names;
	size_t len;

	if (!sec || sec->link >= e->n_sections)
		return -ENODATA;
	int err = elf_load_section(e, &e->sections[sec->link], &names, &len);
	if (err < 0)
		return err;
	a.base = symtab_text(t, (char *)names, len);
	free(names);
	if (a.base == UINT32_MAX)
		return -ENOMEM;
	err = each_symbol(e, type, add_function, &a);
	return err == 0 && a.failed ? -ENOMEM : err;
}

struct wanted {
	const char *name;
	uint64_t addr;
	bool found;
};

static bool is_wanted(void *arg, const Elf64_Sym *s, const char *name, size_t offset)
{
	struct wanted *w = arg;

	(void)offset;
	if (s->st_shndx == SHN_UNDEF || strcmp(name, w->name) != 0)
		return true;
	w->addr = s->st_value;
	w->found = true;
	return false;
}

bool symtab_address(const struct elf *e, const char *name, uint64_t *vaddr)
{
	struct wanted w = { .name = name };

	each_symbol(e, SHT_SYMTAB, is_wanted, &w);
	if (!w.found)
		each_symbol(e, SHT_DYNSYM, is_wanted, &w);
	*vaddr = w.addr;
	return w.found;
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a;
	const struct symbol *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	/* One that says how long it is knows more than a label. */
	if ((x->size == 0) != (y->size == 0))
		return x->size == 0 ? 1 : -1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

struct bytes {
	const uint8_t *data;
	size_t len;
};

static ssize_t read_bytes(void *ctx, uint64_t offset, void *buf, size_t n)
{
	const struct bytes *b = ctx;

	if (offset >= b->len)
		return 0;
	n = n < b->len - offset ? n : (size_t)(b->len - offset);
	memcpy(buf, b->data + offset, n);
	return (ssize_t)n;
}

static void add_minidebug(struct symtab *t, const struct elf *e)
{
	uint8_t *data;
	size_t len;
	struct elf inner;

	if (minidebug_load(e, &data, &len) < 0)
		return;
	struct bytes b = { data, len };
	if (elffile_open(&inner, (struct elf_source){ read_bytes, &b }) == 0) {
		symtab_add_section(t, &inner, SHT_SYMTAB);
		elffile_close(&inner);
	}
	free(data);
}

int symtab_load(struct symtab *t, const struct elf *e, int (*more)(void *arg, struct symtab *t), void *arg)
{
	*t = (struct symtab){ 0 };
	if ((symtab_add_section(t, e, SHT_SYMTAB) < 0 || t->n == 0) && (!more || more(arg, t) < 0 || t->n == 0)) {
		symtab_add_section(t, e, SHT_DYNSYM);
		add_minidebug(t, e);
	}
	t->go = gopcln_load(e);
	if (t->n > 0)
		qsort(t->symbols, t->n, sizeof(*t->symbols), by_address);
	/* Of several names for one address the first stays. */
	size_t kept = 0;
	for (size_t i = 0; i < t->n; i++)
		if (kept == 0 || t->symbols[i].addr != t->symbols[kept - 1].addr)
			t->symbols[kept++] = t->symbols[i];
	t->n = kept;
	return 0;
}

void symtab_free(struct symtab *t)
{
	free(t->symbols);
	free(t->names);
	gopcln_free(t->go);
	*t = (struct symtab){ 0 };
}

bool symtab_find(const struct symtab *t, uint64_t vaddr, const char **name, uint64_t *start)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->symbols[mid].addr <= vaddr)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* A label inside a function ends nothing: look back over a few to one that reaches this far. */
	for (size_t back = 0; back < 8 && back < lo; back++) {
		const struct symbol *s = &t->symbols[lo - 1 - back];

		if (s->size > 0 ? vaddr - s->addr < s->size : back == 0 && vaddr - s->addr < 1 << 20) {
			*name = t->names + s->name;
			*start = s->addr;
			return true;
		}
	}
	return t->go && gopcln_find(t->go, vaddr, name, start);
}
