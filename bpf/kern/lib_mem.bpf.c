/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of a D program: scratch memory of the clause, and the task's own memory; the answers of bpf/lang/eval_mem.c.
 */
#include "lib_in.h"

#include "state.h"

#define CHUNK	256  /* bytes of user memory at once; at most LIB_SLACK */
#define LARGEST	(ALLOC_SIZE > STRSIZE ? ALLOC_SIZE : STRSIZE) /* what a function of D copies at once */
#define PAGE_MIN 4096 /* memory is there, or is not, by pages of this size or a multiple */

/* A fault that has an address. */
INLINE u64 fault_at(char *p, u64 address, bool user)
{
	state_of(p)->address = address;
	state_of(p)->user = user;
	return IR_FAULT_BADADDR;
}

GLOBAL u64 lib_addr(u64 element, u64 address, u64 n)
{
	char *p = lib_element(element);
	u64 at = address - IR_SCRATCH_BASE, used;

	if (!p)
		return 0;
	used = state_of(p)->used;
	if (address < IR_SCRATCH_BASE || n > used || at > used - n) {
		fault_at(p, address, false);
		return 0;
	}
	return ALLOC + at;
}

/* A string ends where scratch memory does. */
GLOBAL u64 lib_loadstr(u64 element, u64 d, u64 address, u64 n)
{
	u64 at = lib_addr(element, address, 1), left;
	char *p = lib_element(element);

	if (!p || !at)
		return IR_FAULT_BADADDR;
	left = state_of(p)->used - (address - IR_SCRATCH_BASE);
	lib_strget(element, d, at, n && n < left ? n : left);
	return 0;
}

/* What an earlier clause left there is not this one's to read. */
GLOBAL u64 lib_alloca(u64 element, u64 n)
{
	char *p = lib_element(element);
	u64 used;

	if (!p)
		return IR_FAULT_NOSCRATCH;
	used = state_of(p)->used;
	state_of(p)->address = 0;
	if (n > ALLOC_SIZE || used > ALLOC_SIZE || padded(n) > ALLOC_SIZE - used)
		return IR_FAULT_NOSCRATCH;
	state_of(p)->used = used + padded(n);
	state_of(p)->result = IR_SCRATCH_BASE + used;
	lib_zero(element, ALLOC + used, padded(n));
	return 0;
}

GLOBAL u64 lib_bcopy(u64 element, u64 from, u64 to, u64 n)
{
	if (n == 0)
		return 0;
	from = lib_addr(element, from, n);
	if (!from)
		return IR_FAULT_BADADDR;
	to = lib_addr(element, to, n);
	if (!to)
		return IR_FAULT_BADADDR;
	lib_copy(element, to, from, n);
	return 0;
}

/* The first byte from an address on that is not there, as far as n bytes; the first byte behind these if all are there. */
GLOBAL u64 lib_user_end(u64 address, u64 n)
{
	u64 end = address + n, at = address;
	char byte = 0;

	for (u64 i = 0; i < LARGEST; i += PAGE_MIN) {
		HIDE(i);
		if (at - address >= n)
			return end;
		if (bpf_probe_read_user(&byte, 1, at))
			return at;
		at = (at | (PAGE_MIN - 1)) + 1;
	}
	return at - address >= n || !bpf_probe_read_user(&byte, 1, at) ? end : at;
}

/* n bytes of the task's memory to d. */
GLOBAL u64 lib_read_user(u64 element, u64 d, u64 address, u64 n)
{
	char *p = lib_element(element);

	if (!p)
		return 0;
	for (u64 i = 0; i < LARGEST; i += CHUNK) {
		char *to = spot(p, d + i);
		u64 size;

		HIDE(i);
		if (i >= n || !to)
			break;
		size = n - i < CHUNK ? n - i : CHUNK;
		HIDE(size);
		if (size > CHUNK)
			break;
		if (bpf_probe_read_user(to, (u32)size, address + i))
			return fault_at(p, lib_user_end(address, n), true);
	}
	return 0;
}

GLOBAL u64 lib_copyin(u64 element, u64 address, u64 n)
{
	u64 fault = lib_alloca(element, n);
	char *p = lib_element(element);

	if (fault || !p)
		return fault;
	return lib_read_user(element, ALLOC + (state_of(p)->result - IR_SCRATCH_BASE), address, n);
}

GLOBAL u64 lib_copyinto(u64 element, u64 address, u64 n, u64 to)
{
	to = lib_addr(element, to, n);
	if (!to)
		return IR_FAULT_BADADDR;
	return lib_read_user(element, to, address, n);
}

/* The kernel's own function for it reads up to the NUL, so bytes behind the string need not be there. */
GLOBAL u64 lib_copyinstr(u64 element, u64 d, u64 address, u64 n)
{
	char *e = lib_element(element), *p = spot(e, d);
	u64 end;

	if (!p)
		return 0;
	if (n > STRSIZE)
		n = STRSIZE;
	if (n == 0) {
		*p = '\0';
		return 0;
	}
	HIDE(n);
	if (n > STRSIZE)
		return 0;
	if (bpf_probe_read_user_str(p, (u32)n, address) >= 0)
		return 0;
	/* It may have missed no more than the byte that the NUL takes. */
	end = lib_user_end(address, n);
	if (end - address < n - 1)
		return fault_at(e, end, true);
	lib_read_user(element, d, address, n - 1);
	p = spot(lib_element(element), d + n - 1);
	if (p)
		*p = '\0';
	return 0;
}

GLOBAL u64 lib_write_user(u64 element, u64 from, u64 address, u64 n)
{
	char *p = lib_element(element);

	if (!p)
		return 0;
	for (u64 i = 0; i < LARGEST; i += CHUNK) {
		char *at = spot(p, from + i);
		u64 size;

		HIDE(i);
		if (i >= n || !at)
			break;
		size = n - i < CHUNK ? n - i : CHUNK;
		HIDE(size);
		if (size > CHUNK)
			break;
		if (bpf_probe_write_user(address + i, at, (u32)size))
			return fault_at(p, address, true);
	}
	return 0;
}

GLOBAL u64 lib_copyout(u64 element, u64 from, u64 address, u64 n)
{
	from = lib_addr(element, from, n);
	if (!from)
		return IR_FAULT_BADADDR;
	return lib_write_user(element, from, address, n);
}

GLOBAL u64 lib_copyoutstr(u64 element, u64 s, u64 address, u64 n)
{
	u64 len = lib_strlen(element, s) + 1;

	return lib_write_user(element, s, address, n < len ? n : len);
}

/* Whether the task is that process, or a descendant of it. */
GLOBAL u64 lib_progenyof(u64 element, u64 pid)
{
	const char *p = lib_element(element);
	const struct firing *f = (const struct firing *)(const void *)p;

	if (!p)
		return 0;
	if (f->pid == (u32)pid)
		return 1;
	for (u64 i = 0; i < KERN_ANCESTORS; i++) {
		HIDE(i);
		if (i >= f->ancestors)
			break;
		if (f->ancestor[i] == (u32)pid)
			return 1;
	}
	return 0;
}
