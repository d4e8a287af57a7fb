/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of a D program: scratch memory of the clause, and the task's memory through the caller's copyin and copyout.
 */
#include "eval_state.h"

#include <string.h>

int64_t eval_fetch(const void *p, unsigned width, bool is_signed)
{
	uint64_t v = 0;
	unsigned unused = 64 - width * 8;

	memcpy(&v, p, width); /* little-endian machines */
	v <<= unused;
	return is_signed ? (int64_t)v >> unused : (int64_t)(v >> unused);
}

void eval_put(void *p, unsigned width, int64_t value)
{
	memcpy(p, &value, width);
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "eval_fetch takes the low bytes first");

unsigned char *eval_scratch(struct eval *e, uint64_t address, uint64_t size)
{
	uint64_t at = address - IR_SCRATCH_BASE;

	if (address < IR_SCRATCH_BASE || size > e->scratch_used || at > e->scratch_used - size) {
		e->fault_address = address;
		return NULL;
	}
	return e->scratch + at;
}

enum ir_fault eval_alloca(struct eval *e, uint64_t size, int64_t *address)
{
	uint64_t need;

	if (size > IR_SCRATCH_MAX)
		return IR_FAULT_NOSCRATCH;
	need = (size + 7) & ~UINT64_C(7);
	if (need > IR_SCRATCH_MAX - e->scratch_used)
		return IR_FAULT_NOSCRATCH;
	*address = (int64_t)(IR_SCRATCH_BASE + e->scratch_used);
	/* What an earlier clause left there is not this one's to read. */
	if (e->scratch_used < e->scratch_dirty)
		memset(e->scratch + e->scratch_used, 0,
		       (e->scratch_used + need < e->scratch_dirty ? need : e->scratch_dirty - e->scratch_used));
	e->scratch_used += need;
	if (e->scratch_dirty < e->scratch_used)
		e->scratch_dirty = e->scratch_used;
	return IR_FAULT_NONE;
}

enum ir_fault eval_load(struct eval *e, uint64_t address, unsigned width, bool is_signed, int64_t *value)
{
	const unsigned char *p = eval_scratch(e, address, width);

	if (!p)
		return IR_FAULT_BADADDR;
	*value = eval_fetch(p, width, is_signed);
	return IR_FAULT_NONE;
}

enum ir_fault eval_store(struct eval *e, uint64_t address, unsigned width, int64_t value)
{
	unsigned char *p = eval_scratch(e, address, width);

	if (!p)
		return IR_FAULT_BADADDR;
	eval_put(p, width, value);
	return IR_FAULT_NONE;
}

enum ir_fault eval_copyin(struct eval *e, uint64_t address, void *buf, uint64_t size)
{
	enum ir_fault f;
	size_t done = 0;

	if (size == 0)
		return IR_FAULT_NONE;
	e->fault_address = address;
	if (!e->env.copyin)
		return IR_FAULT_UPRIV;
	f = e->env.copyin(e->env.cookie, address, buf, size, &done);
	if (f == IR_FAULT_BADADDR && done < size)
		e->fault_address = address + done;
	return f;
}

enum ir_fault eval_copyinstr(struct eval *e, uint64_t address, char *buf, uint64_t size)
{
	enum ir_fault f;
	size_t done = 0, len;

	e->fault_address = address;
	if (!e->env.copyin)
		return IR_FAULT_UPRIV;
	f = e->env.copyin(e->env.cookie, address, buf, size - 1, &done);
	if (f == IR_FAULT_NONE || done > size - 1)
		done = size - 1;
	/* Bytes behind the string may not be there: that is no fault. */
	len = strnlen(buf, done);
	if (f != IR_FAULT_NONE && len == done) {
		e->fault_address = address + done;
		return f;
	}
	buf[len] = '\0';
	return IR_FAULT_NONE;
}

enum ir_fault eval_copyout(struct eval *e, uint64_t address, const void *buf, uint64_t size)
{
	e->fault_address = address;
	if (!e->env.copyout || !e->o.destructive)
		return IR_FAULT_UPRIV;
	return size ? e->env.copyout(e->env.cookie, address, buf, size) : IR_FAULT_NONE;
}
