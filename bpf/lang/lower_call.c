/* SPDX-License-Identifier: GPL-2.0-only
 * Calls of functions, and the values of stack(), usym() and their like.
 */
#include "lower.h"

#include <string.h>

static uint32_t stack_index(struct lower *w, struct node *n)
{
	struct ir_stack s = {.kind = n->ident->id == IR_ACT_STACK    ? IR_STACK_KERNEL
				     : n->ident->id == IR_ACT_USTACK ? IR_STACK_USER
								     : IR_STACK_JAVA};

	if (n->args) {
		s.frames = (uint32_t)n->args->value;
		if (n->args->next)
			s.strsize = (uint32_t)n->args->next->value;
	}
	return ir_build_stack(&w->b, &s);
}

static struct lower_value new_result(struct lower *w, char kind)
{
	if (kind == 's')
		return (struct lower_value){LOWER_SLOT, lower_slot(w, 0)};
	return kind == 'i' ? (struct lower_value){LOWER_REG, lower_reg(w)} : (struct lower_value){LOWER_NONE, IR_NONE};
}

struct lower_value lower_call(struct lower *w, struct node *n)
{
	struct ident *f = n->ident;
	struct lower_value d;
	struct ir_signature s;
	struct ir_arg args[8];
	struct lower_mark m;
	uint32_t count = 0;

	if (f->kind == ID_ACTION) {
		if (type_resolve(n->type)->kind == TY_STACK)
			return (struct lower_value){LOWER_NONE, (uint16_t)stack_index(w, n)};
		return lower_expr(w, n->args); /* a symbol is its address */
	}
	if (f->id == IR_FUNC_SPECULATION) {
		d = (struct lower_value){LOWER_REG, lower_reg(w)};
		lower_emit(w, (struct ir_ins){.op = IR_SPEC_NEW, .d = d.n});
		return d;
	}
	s = ir_func_signature(f->id);
	d = new_result(w, s.result);
	m = lower_mark(w);
	for (struct node *a = n->args; a && count < sizeof(args) / sizeof(args[0]); a = a->next) {
		struct lower_value v = lower_expr(w, a);

		args[count++] = (struct ir_arg){v.kind == LOWER_SLOT ? IR_ARG_SLOT : IR_ARG_REG, v.n};
	}
	lower_emit(w, (struct ir_ins){.op = IR_CALL, .d = d.n, .imm = f->id, .args = lower_args(w, args, count), .nargs = count});
	if (d.kind == LOWER_REG)
		lower_extend(w, d.n, n->type);
	lower_release(w, m);
	return d;
}
