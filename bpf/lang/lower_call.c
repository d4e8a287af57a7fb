/* SPDX-License-Identifier: GPL-2.0-only
 * Calls of functions, and the values of stack(), usym() and their like.
 */
#include "lower.h"

#include <string.h>

uint32_t lower_stack(struct lower *w, const char *action, uint32_t frames, uint32_t strsize)
{
	struct ir_stack s = {.kind = strcmp(action, "stack") == 0    ? IR_STACK_KERNEL
				     : strcmp(action, "ustack") == 0 ? IR_STACK_USER
								     : IR_STACK_JAVA,
			     .frames = frames, .strsize = strsize};
	uint32_t n = ir_build_stack(&w->b, &s);

	if (n >= IR_REGS_MAX)
		d_fail(&w->l->ctx, D_CG_EXPR, (int)w->line, "more than %d different stacks", IR_REGS_MAX);
	return n;
}

static uint32_t stack_index(struct lower *w, struct node *n)
{
	struct node *strsize = n->args ? n->args->next : NULL;

	return lower_stack(w, n->ident->name, n->args ? (uint32_t)n->args->value : 0, strsize ? (uint32_t)strsize->value : 0);
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
