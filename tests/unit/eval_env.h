/* SPDX-License-Identifier: GPL-2.0-only
 * A task that is not there, for the evaluator's unit test and its fuzz target: two pages of user memory, fixed ids, and a list
 * of the records that came.
 */
#pragma once

#include "bpf/lang/eval.h"
#include "bpf/run/record.h"

#include <stdlib.h>
#include <string.h>

#define FAKE_BASE 0x10000u
#define FAKE_SIZE 0x2000u

struct fake {
	unsigned char memory[FAKE_SIZE]; /* at FAKE_BASE of the task */
	int64_t tid;
	unsigned char *records;
	size_t len, room; /* room: more is refused */
	unsigned raised;
};

static inline enum ir_fault fake_int(void *cookie, enum ir_builtin which, int64_t index, int64_t *value)
{
	struct fake *f = cookie;

	if (which == IR_VAR_CURTHREAD || which == IR_VAR_CALLER)
		return IR_FAULT_KPRIV;
	*value = which == IR_VAR_TID ? f->tid : which == IR_VAR_PID ? 42 : which == IR_VAR_UREGS ? index * 3 : (int64_t)which;
	return IR_FAULT_NONE;
}

static inline enum ir_fault fake_str(void *cookie, enum ir_builtin which, char *buf, size_t size)
{
	(void)cookie;
	strncpy(buf, which == IR_VAR_EXECNAME ? "fake" : "a string of the task", size - 1);
	buf[size - 1] = '\0';
	return IR_FAULT_NONE;
}

static inline enum ir_fault fake_copyin(void *cookie, uint64_t address, void *buf, size_t size, size_t *done)
{
	struct fake *f = cookie;
	uint64_t at = address - FAKE_BASE;

	*done = 0;
	if (address < FAKE_BASE || at >= FAKE_SIZE)
		return IR_FAULT_BADADDR;
	*done = size < FAKE_SIZE - at ? size : FAKE_SIZE - (size_t)at;
	memcpy(buf, f->memory + at, *done);
	return *done == size ? IR_FAULT_NONE : IR_FAULT_BADADDR;
}

static inline enum ir_fault fake_copyout(void *cookie, uint64_t address, const void *buf, size_t size)
{
	struct fake *f = cookie;
	uint64_t at = address - FAKE_BASE;

	if (address < FAKE_BASE || at >= FAKE_SIZE || size > FAKE_SIZE - at)
		return IR_FAULT_BADADDR;
	memcpy(f->memory + at, buf, size);
	return IR_FAULT_NONE;
}

static inline enum ir_fault fake_host(void *cookie, enum ir_action_kind action, int64_t value)
{
	struct fake *f = cookie;

	if (action == IR_ACT_RAISE)
		f->raised = (unsigned)value;
	return IR_FAULT_NONE;
}

static inline uint32_t fake_stack(void *cookie, const struct ir_stack *stack, uint64_t *frames, uint32_t max, uint64_t *pid)
{
	uint32_t n = max < 3 ? max : 3;

	(void)cookie;
	*pid = stack->kind == IR_STACK_KERNEL ? 0 : 42;
	for (uint32_t i = 0; i < n; i++)
		frames[i] = 0x400000 + i;
	return n;
}

static inline bool fake_progeny(void *cookie, int64_t pid)
{
	(void)cookie;
	return pid == 1 || pid == 42;
}

static inline bool fake_record(void *cookie, const void *bytes, size_t size)
{
	struct fake *f = cookie;
	unsigned char *more;

	if (f->len + size > f->room)
		return false;
	more = realloc(f->records, f->len + size);
	if (!more)
		abort();
	f->records = more;
	memcpy(f->records + f->len, bytes, size);
	f->len += size;
	return true;
}

static inline struct eval_env fake_env(struct fake *f)
{
	return (struct eval_env){.cookie = f, .builtin_int = fake_int, .builtin_str = fake_str, .copyin = fake_copyin,
				 .copyout = fake_copyout, .host = fake_host, .stack = fake_stack, .progeny = fake_progeny,
				 .record = fake_record};
}
