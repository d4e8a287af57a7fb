/* SPDX-License-Identifier: GPL-2.0-only
 * Which probes there are: the tables of the providers, and what a probe description matches. Pure: the tables are part
 * of the program, no file of the kernel is read and no privilege is needed. What a probe is attached to is a later
 * part's job.
 *
 * Ids are stable: each provider has a range of its own, and system calls are numbered by the kernel's own numbers.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum prov_kind {
	PROV_BEGIN,
	PROV_END,
	PROV_ERROR, /* dtrace */
	PROV_PROFILE,
	PROV_TICK, /* profile: every CPU, one CPU */
	PROV_SYSCALL_ENTRY,
	PROV_SYSCALL_RETURN, /* syscall and lx-syscall */
	PROV_PROC,
	PROV_SCHED,
	PROV_IO,
};

struct prov_probe {
	uint32_t id;
	enum prov_kind kind;
	const char *provider, *module, *function, *name; /* "" where it has none, never NULL */
	const char *const *args; /* types of args[0] ... args[nargs - 1] as D text: "const char *" */
	unsigned nargs;		 /* 0: the probe has no args[] (arg0 ... arg9 are there all the same) */
	uint64_t period_ns;	 /* PROFILE and TICK */
	bool named_only;	 /* Linux has nothing that fires it: only its whole name matches it */
	int number;		 /* SYSCALL: the kernel's number; -1 for others, and if only 32-bit programs have it */
	int compat;		 /* SYSCALL: its number for 32-bit programs, -1: they have it not */
};

/* The tables, and the probes of `profile` that descriptions have asked for (profile-97hz, tick-3s are made when they
 * are named, as in DTrace; their ids follow in the order of asking). */
struct prov_set;

/* NULL with errno. Everything that a match returned lives until prov_free. */
struct prov_set *prov_new(void);
void prov_free(struct prov_set *set);

/* A description with globs; "" (or NULL) matches everything; id != 0 stands for the rest. */
struct prov_desc {
	const char *provider, *module, *function, *name;
	uint32_t id;
};

/* Calls fn for each probe that the description matches, in the order of ids, until it returns false; fn may be NULL.
 * Returns how many matched (until the stop), or -ENOMEM. A name such as tick-5s makes its probe in `set`. */
int prov_match(struct prov_set *set, const struct prov_desc *desc, bool (*fn)(void *cookie, const struct prov_probe *p),
	       void *cookie);

/* The same for the probes of system calls that no table names, as of a kernel newer than this program: their functions are the numbers.
 * They are not listed, and descriptions do not count them. Returns 0 or -ENOMEM. */
int prov_match_unnamed(struct prov_set *set, const struct prov_desc *desc, bool (*fn)(void *cookie, const struct prov_probe *p),
		       void *cookie);

const struct prov_probe *prov_by_id(const struct prov_set *set, uint32_t id); /* NULL: no such probe */

#define PROV_TEXT_MAX 512 /* bytes of a description's text, the NUL counted */
struct prov_text {
	char text[PROV_TEXT_MAX];
	struct prov_desc desc; /* points into text */
};

/* Takes a description apart: "provider:module:function:name", with fewer fields given from the right ("entry",
 * "read:entry"), or a number, which is an id. Returns 0; -EINVAL with a sentence in why (too many colons, an empty
 * text, an unpaired bracket, a byte that no name has); -ENAMETOOLONG. */
int prov_parse(struct prov_text *out, const char *text, size_t len, char *why, size_t size);

/* Whether s matches the glob: * ? [a-z] [!a-z] \c. Time is at most strlen(glob) * strlen(s); "" matches everything. */
bool prov_glob(const char *glob, const char *s);

/* The period of "profile-97hz", "tick-1sec" ... in ns; 0 if the name is none, or shorter than 200 us (DTrace's own
 * bound). Units: ns nsec us usec ms msec s sec m min h hour d day hz; none means hz. */
uint64_t prov_period(const char *name, bool *tick);
