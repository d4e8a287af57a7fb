/* SPDX-License-Identifier: GPL-2.0-only
 * What the files of the providers give to prov.c: rows of names and types, and where their ids begin.
 */
#pragma once

#include "prov.h"

/* First ids. A provider may grow up to the next one's base without moving anybody's id. */
enum {
	PROV_ID_DTRACE = 1,
	PROV_ID_PROFILE = 10,
	PROV_ID_PROC = 100,
	PROV_ID_SCHED = 200,
	PROV_ID_IO = 300,
	PROV_ID_SYSCALL = 1000,
	PROV_ID_LX_SYSCALL = 4000,
	PROV_ID_ASKED = 10000,
};

struct prov_row {
	const char *name;
	const char *const *args;
	unsigned nargs;
	enum prov_kind kind;
};

struct prov_table {
	const char *provider, *module;
	uint32_t base;
	const struct prov_row *rows;
	unsigned nrows;
};

/* In order of base; the last has no rows. profile's rows have the periods that DTrace has without being asked. */
extern const struct prov_table prov_tables[];

struct prov_call {
	const char *name;
	int number; /* on this machine, -1: it has none */
	const char *const *args;
	unsigned nargs;
};

/* The system calls of this machine, by name. */
extern const struct prov_call prov_calls[];
extern const unsigned prov_ncalls;

/* The numbers of 32-bit programs' calls, by name; the last has none. For the 32-bit programs of aarch64 there is no table. */
extern const struct prov_compat {
	const char *name;
	int number;
} prov_compat[];
