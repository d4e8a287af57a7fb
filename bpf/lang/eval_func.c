/* SPDX-License-Identifier: GPL-2.0-only
 * IR_CALL: the functions of memory, networks and numbers; those of strings are in eval_str.c. Functions that need the kernel's
 * memory fault: this evaluator has none.
 */
#include "eval_state.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* From linux/if_arp.h: what link_ntop knows. */
#define LINK_ETHER	1
#define LINK_INFINIBAND 32

static enum ir_fault bcopy_call(struct eval *e, const struct eval_args *a)
{
	uint64_t size = (uint64_t)a->i[2];
	const unsigned char *from;
	unsigned char *to;

	if (size == 0)
		return IR_FAULT_NONE;
	from = eval_scratch(e, (uint64_t)a->i[0], size);
	if (!from)
		return IR_FAULT_BADADDR;
	to = eval_scratch(e, (uint64_t)a->i[1], size);
	if (!to)
		return IR_FAULT_BADADDR;
	memmove(to, from, size);
	return IR_FAULT_NONE;
}

static enum ir_fault copyin_call(struct eval *e, const struct eval_args *a, int64_t *result)
{
	uint64_t size = (uint64_t)a->i[1];
	enum ir_fault f = eval_alloca(e, size, result);

	if (f != IR_FAULT_NONE)
		return f;
	return eval_copyin(e, (uint64_t)a->i[0], e->scratch + ((uint64_t)*result - IR_SCRATCH_BASE), size);
}

static enum ir_fault copyinto_call(struct eval *e, const struct eval_args *a)
{
	unsigned char *to = eval_scratch(e, (uint64_t)a->i[2], (uint64_t)a->i[1]);

	return to ? eval_copyin(e, (uint64_t)a->i[0], to, (uint64_t)a->i[1]) : IR_FAULT_BADADDR;
}

static enum ir_fault copyinstr_call(struct eval *e, const struct eval_args *a)
{
	uint64_t size = e->p->strsize;

	if (a->n > 1 && (uint64_t)a->i[1] < size)
		size = (uint64_t)a->i[1]; /* with the NUL, as in DTrace */
	if (size == 0)
		return IR_FAULT_NONE;
	return eval_copyinstr(e, (uint64_t)a->i[0], e->text, size);
}

static enum ir_fault copyout_call(struct eval *e, const struct eval_args *a)
{
	const unsigned char *from = eval_scratch(e, (uint64_t)a->i[0], (uint64_t)a->i[2]);

	return from ? eval_copyout(e, (uint64_t)a->i[1], from, (uint64_t)a->i[2]) : IR_FAULT_BADADDR;
}

static enum ir_fault copyoutstr_call(struct eval *e, const struct eval_args *a)
{
	uint64_t len = strlen(a->s[0]) + 1;

	if (a->n > 2 && (uint64_t)a->i[2] < len)
		len = (uint64_t)a->i[2];
	return eval_copyout(e, (uint64_t)a->i[1], a->s[0], len);
}

static enum ir_fault network_name(struct eval *e, int family, uint64_t address)
{
	const unsigned char *p = eval_scratch(e, address, family == AF_INET ? 4 : 16);
	char name[INET6_ADDRSTRLEN];

	if (!p)
		return IR_FAULT_BADADDR;
	inet_ntop(family, p, name, sizeof(name));
	snprintf(e->text, e->p->strsize, "%s", name);
	return IR_FAULT_NONE;
}

static enum ir_fault link_name(struct eval *e, int64_t type, uint64_t address)
{
	size_t len = type == LINK_ETHER ? 6 : 20, at = 0;
	const unsigned char *p;

	if (type != LINK_ETHER && type != LINK_INFINIBAND)
		return IR_FAULT_ILLOP;
	p = eval_scratch(e, address, len);
	if (!p)
		return IR_FAULT_BADADDR;
	for (size_t i = 0; i < len && at < e->p->strsize; i++)
		at += (size_t)snprintf(e->text + at, e->p->strsize - at, "%s%02x", i ? ":" : "", p[i]);
	return IR_FAULT_NONE;
}

/* xorshift*: rand() is not to be predicted by accident, no more. */
static int64_t random_call(struct eval *e)
{
	e->random ^= e->random >> 12;
	e->random ^= e->random << 25;
	e->random ^= e->random >> 27;
	return (int64_t)(e->random * 2685821657736338717u >> 33);
}

static enum ir_fault other_call(struct eval *e, enum ir_func f, const struct eval_args *a, int64_t *result)
{
	uint64_t v = (uint64_t)a->i[0];

	switch (f) {
	case IR_FUNC_ALLOCA:
		return eval_alloca(e, v, result);
	case IR_FUNC_BCOPY:
		return bcopy_call(e, a);
	case IR_FUNC_COPYIN:
		return copyin_call(e, a, result);
	case IR_FUNC_COPYINSTR:
		return copyinstr_call(e, a);
	case IR_FUNC_COPYINTO:
		return copyinto_call(e, a);
	case IR_FUNC_COPYOUT:
		return copyout_call(e, a);
	case IR_FUNC_COPYOUTSTR:
		return copyoutstr_call(e, a);
	case IR_FUNC_GETMAJOR: /* the kernel's dev_t: 12 bits, 20 bits */
		*result = (int64_t)((v & 0xffffffff) >> 20);
		return IR_FAULT_NONE;
	case IR_FUNC_GETMINOR:
		*result = (int64_t)(v & 0xfffff);
		return IR_FAULT_NONE;
	case IR_FUNC_HTONS:
	case IR_FUNC_NTOHS:
		*result = __builtin_bswap16((uint16_t)v);
		return IR_FAULT_NONE;
	case IR_FUNC_HTONL:
	case IR_FUNC_NTOHL:
		*result = __builtin_bswap32((uint32_t)v);
		return IR_FAULT_NONE;
	case IR_FUNC_HTONLL:
	case IR_FUNC_NTOHLL:
		*result = (int64_t)__builtin_bswap64(v);
		return IR_FAULT_NONE;
	case IR_FUNC_INET_NTOA:
		return network_name(e, AF_INET, v);
	case IR_FUNC_INET_NTOA6:
		return network_name(e, AF_INET6, v);
	case IR_FUNC_INET_NTOP:
		if (a->i[0] != AF_INET && a->i[0] != AF_INET6)
			return IR_FAULT_ILLOP;
		return network_name(e, (int)a->i[0], (uint64_t)a->i[1]);
	case IR_FUNC_LINK_NTOP:
		return link_name(e, a->i[0], (uint64_t)a->i[1]);
	case IR_FUNC_PROGENYOF:
		if (!e->env.progeny)
			return IR_FAULT_UPRIV;
		*result = e->env.progeny(e->env.cookie, a->i[0]);
		return IR_FAULT_NONE;
	case IR_FUNC_FDNUM:
		if (!e->env.fd_number)
			return IR_FAULT_UPRIV;
		*result = e->env.fd_number(e->env.cookie, a->i[0], (enum fd_number)a->i[1]);
		return IR_FAULT_NONE;
	case IR_FUNC_FDSTR:
		if (!e->env.fd_text)
			return IR_FAULT_UPRIV;
		e->env.fd_text(e->env.cookie, a->i[0], (enum fd_text)a->i[1], e->text, e->p->strsize);
		return IR_FAULT_NONE;
	case IR_FUNC_RAND:
		*result = random_call(e);
		return IR_FAULT_NONE;
	default: /* mutex_owned and its like look at the kernel's structures */
		e->fault_address = v;
		return IR_FAULT_KPRIV;
	}
}

enum ir_fault eval_call(struct eval *e, const struct ir_ins *i)
{
	enum ir_func f = (enum ir_func)i->imm;
	struct ir_signature s = ir_func_signature(f);
	struct eval_args a = {.n = i->nargs};
	enum ir_fault fault = IR_FAULT_NONE;
	int64_t result = 0;

	_Static_assert(sizeof(a.i) / sizeof(a.i[0]) >= 3, "no function has more arguments");
	for (uint32_t n = 0; n < i->nargs && n < 4; n++) {
		const struct ir_arg *arg = &e->p->args[i->args + n];

		if (arg->kind == IR_ARG_SLOT)
			a.s[n] = eval_string(e, arg->n);
		else
			a.i[n] = e->regs[arg->n];
	}
	e->fault_address = 0;
	e->text[0] = '\0';
	if (s.destructive && !e->o.destructive)
		return IR_FAULT_UPRIV;
	if (!eval_string_call(e, f, &a, &result, &fault))
		fault = other_call(e, f, &a, &result);
	if (fault != IR_FAULT_NONE)
		return fault;
	if (s.result == 's')
		memcpy(eval_string(e, i->d), e->text, strlen(e->text) + 1);
	else if (s.result == 'i')
		e->regs[i->d] = result;
	return IR_FAULT_NONE;
}
