/* SPDX-License-Identifier: GPL-2.0-only
 * Names of functions by address: .symtab, or a separate file's; without them .dynsym with what .gnu_debugdata adds; and Go's
 * own table.
 */
#pragma once

#include "elffile.h"

struct symbol {
	uint64_t addr;
	uint32_t size; /* 0: not known, it reaches to the next one */
	uint32_t name; /* offset in names */
	uint8_t rank;  /* among those of one address: the least is shown */
};

struct symtab {
	struct symbol *symbols; /* by address, once sorted */
	size_t n, cap;
	char *names;
	size_t names_len;
	struct gopcln *go; /* NULL: no Go program */
};

/* Reads all tables of a file; what is missing or broken is left out. Where there is no .symtab, more(arg, t) may add the
 * functions of another file and return 0; NULL: there is none. 0 or -ENOMEM. */
int symtab_load(struct symtab *t, const struct elf *e, int (*more)(void *arg, struct symtab *t), void *arg);
void symtab_free(struct symtab *t);

/* The function around a linked address: its name and first address. false: none. */
bool symtab_find(const struct symtab *t, uint64_t vaddr, const char **name, uint64_t *start);

/* A variable or function of this name; false: none. `e` is that of symtab_load. */
bool symtab_address(const struct elf *e, const char *name, uint64_t *vaddr);

/* For the sources of names: text that stays (its offset, or UINT32_MAX), and a symbol in it. */
uint32_t symtab_text(struct symtab *t, const char *text, size_t len);
bool symtab_add(struct symtab *t, struct symbol s);
/* The symbols of one section of type SHT_SYMTAB or SHT_DYNSYM. */
int symtab_add_section(struct symtab *t, const struct elf *e, uint32_t type);

/* minidebug.c: the ELF file that .gnu_debugdata holds, unpacked (at most 64 MiB, decoder memory limited), freed by the
 * caller. 0, -ENODATA (none), -EBADMSG (broken), -EFBIG, -ENOMEM. */
int minidebug_load(const struct elf *e, uint8_t **data, size_t *len);

/* gopclntab.c: Go's table of functions, from Go 1.16 on. */
struct gopcln;
/* NULL: there is none that is understood. Of a file without section headers all of it is searched. */
struct gopcln *gopcln_load(const struct elf *e);
void gopcln_free(struct gopcln *g);
bool gopcln_find(const struct gopcln *g, uint64_t vaddr, const char **name, uint64_t *start);
/* Where a function begins and ends; false: there is none of this name. */
bool gopcln_function(const struct gopcln *g, const char *name, uint64_t *start, uint64_t *end);
/* How far the stack pointer is below the frame's top (where the return address of amd64 lies) at this address; false:
 * not known. */
bool gopcln_sp_delta(const struct gopcln *g, uint64_t vaddr, int32_t *delta);

/* goref.c: the linked addresses of variables that the code of a Go function refers to, and of some that it does not; at most
 * max. Returns how many. */
size_t goref_find(const struct elf *e, const struct gopcln *go, const char *function, uint64_t *vaddr, size_t max);
