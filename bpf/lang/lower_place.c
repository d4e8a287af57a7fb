/* SPDX-License-Identifier: GPL-2.0-only
 * What can be read and written: variables, their members and elements, and memory behind pointers.
 *
 * A structure or array variable is bytes in a slot: reading a part of it loads the whole, writing one loads it, changes it
 * and stores it. The slot stays the place's until its statement ends, so a place is used at once: the value to be
 * stored is computed before.
 */
#include "lower.h"

/* --- finding the place ------------------------------------------------------------------------- */

static struct lower_place var_place(struct lower *w, struct node *n, struct node *keys)
{
	struct lower_place p = {.kind = PLACE_VAR, .type = n->type, .var = n->ident->id, .var_type = n->ident->type, .index = IR_NONE,
				.nargs = n->ident->nparams};
	struct ir_arg args[IR_TUPLE_MAX];
	uint32_t i = 0;

	for (struct node *k = keys; k && i < IR_TUPLE_MAX; k = k->next) {
		struct ir_type t;

		args[i++] = lower_arg(w, k, &t);
	}
	p.args = lower_args(w, args, i);
	return p;
}

static void load_whole(struct lower *w, struct lower_place *p)
{
	if (p->is_part)
		return;
	p->slot = lower_slot(w, lower_size(w, p->var_type, (int)w->line));
	lower_emit(w, (struct ir_ins){.op = IR_LDVARS, .d = p->slot, .imm = p->var, .args = p->args, .nargs = p->nargs});
	p->is_part = true;
}

static bool is_plain_place(const struct node *n)
{
	return n->kind == N_IDENT || n->kind == N_INDEX || n->kind == N_MEMBER || (n->kind == N_UNARY && n->op == OP_DEREF);
}

/* A value that is no place (the result of ?: or a function) in a slot: parts of it can be read. */
static struct lower_place value_place(struct lower *w, struct node *n)
{
	struct lower_value v = lower_expr(w, n);

	if (v.kind != LOWER_SLOT)
		d_fail(&w->l->ctx, D_CG_EXPR, n->line, "a part of a value that has none");
	return (struct lower_place){.kind = PLACE_VAR, .type = n->type, .var_type = n->type, .slot = v.n, .index = IR_NONE, .is_part = true,
				    .var = UINT32_MAX};
}

static struct lower_place place_of(struct lower *w, struct node *n)
{
	return is_plain_place(n) ? lower_place(w, n) : value_place(w, n);
}

static uint16_t scaled(struct lower *w, struct node *index, uint64_t size)
{
	uint16_t r = lower_reg(w), i = lower_int(w, index);

	lower_emit(w, (struct ir_ins){.op = IR_MUL, .d = r, .a = i, .b = lower_const(w, (int64_t)size)});
	return r;
}

static uint16_t sum(struct lower *w, uint16_t a, uint16_t b)
{
	uint16_t r = lower_reg(w);

	lower_emit(w, (struct ir_ins){.op = IR_ADD, .d = r, .a = a, .b = b});
	return r;
}

static struct lower_place memory(uint16_t address, struct type *type, struct type *pointer)
{
	return (struct lower_place){.kind = PLACE_MEM, .type = type, .address = address, .index = IR_NONE,
				    .is_userland = type_resolve(pointer)->is_userland};
}

/* A constant index that becomes a part of the offset; one out of an array the check has refused. */
static bool is_near(const struct node *index)
{
	return index->kind == N_INT && index->value >= 0 && index->value < 1 << 20;
}

/* array[index]: in a variable, or in memory */
static struct lower_place element_place(struct lower *w, struct node *n)
{
	struct type *array = type_resolve(n->left->type);
	struct lower_place p;
	uint64_t size = type_size(n->type);

	if (array->kind == TY_PTR) {
		uint16_t base = lower_int(w, n->left);

		if (size == 0)
			size = 1; /* string: its elements cannot be stepped over, the check has seen to it */
		if (!is_near(n->args))
			return memory(sum(w, base, scaled(w, n->args, size)), n->type, n->left->type);
		p = memory(base, n->type, n->left->type);
		p.bit_offset = (uint64_t)n->args->value * size * 8;
		return p;
	}
	p = place_of(w, n->left);
	p.type = n->type;
	if (p.kind == PLACE_VAR)
		load_whole(w, &p);
	if (is_near(n->args)) {
		p.bit_offset += (uint64_t)n->args->value * size * 8;
	} else if (p.kind == PLACE_MEM) {
		p.address = sum(w, p.address, scaled(w, n->args, size));
	} else {
		uint16_t at = scaled(w, n->args, size);

		p.index = p.index == IR_NONE ? at : sum(w, p.index, at);
	}
	return p;
}

static struct lower_place member_place(struct lower *w, struct node *n)
{
	struct lower_place p;

	if (n->op == OP_ARROW) {
		p = memory(lower_int(w, n->left), n->type, n->left->type);
	} else {
		p = place_of(w, n->left);
		if (p.kind == PLACE_VAR)
			load_whole(w, &p);
	}
	p.type = n->type;
	p.bit_offset += n->bit_offset;
	p.bit_width = n->bit_width;
	return p;
}

struct lower_place lower_place(struct lower *w, struct node *n)
{
	if (n->kind == N_IDENT)
		return var_place(w, n, NULL);
	if (n->kind == N_INDEX)
		return n->ident ? var_place(w, n, n->args) : element_place(w, n);
	if (n->kind == N_MEMBER)
		return member_place(w, n);
	if (n->kind == N_UNARY && n->op == OP_DEREF)
		return memory(lower_int(w, n->left), n->type, n->left->type);
	d_fail(&w->l->ctx, D_OP_LVAL, n->line, "an expression that is no place in memory");
}

/* --- reading ----------------------------------------------------------------------------------- */

uint16_t lower_address(struct lower *w, const struct lower_place *p)
{
	uint64_t offset = p->bit_offset / 8;

	if (p->kind != PLACE_MEM)
		d_fail(&w->l->ctx, D_ADDROF_VAR, (int)w->line, "cannot take address of a variable");
	return offset ? sum(w, p->address, lower_const(w, (int64_t)offset)) : p->address;
}

/* Reads through userland pointers are copies: size bytes of them in scratch memory. */
static uint16_t copied_in(struct lower *w, uint16_t address, uint64_t size)
{
	uint16_t r = lower_reg(w), n = lower_const(w, (int64_t)size);
	struct ir_arg args[] = {{IR_ARG_REG, address}, {IR_ARG_REG, n}};

	lower_emit(w, (struct ir_ins){.op = IR_CALL, .d = r, .imm = IR_FUNC_COPYIN,
				      .args = lower_args(w, args, 2), .nargs = 2});
	return r;
}

/* The integer that a bit-field lies in, in units of its type, and where in it. */
static uint64_t unit_offset(const struct lower_place *p, unsigned *shift)
{
	uint64_t bits = type_size(p->type) * 8;

	*shift = p->bit_width ? (unsigned)(p->bit_offset % bits) : 0;
	return (p->bit_width ? p->bit_offset / bits * bits : p->bit_offset) / 8;
}

static void load_int(struct lower *w, const struct lower_place *p, uint16_t d)
{
	struct ir_ins i = {.d = d, .width = (uint8_t)type_size(p->type),
			   .is_signed = !type_is_unsigned(p->type) && !p->bit_width};
	struct lower_place at = *p;
	unsigned shift;

	at.bit_offset = unit_offset(p, &shift) * 8;
	if (p->kind == PLACE_MEM) {
		i.op = IR_LOAD;
		i.a = lower_address(w, &at);
		if (p->is_userland)
			i.a = copied_in(w, i.a, i.width);
	} else {
		i.op = IR_LOADS;
		i.a = p->slot;
		i.b = p->index;
		i.imm = (int64_t)(at.bit_offset / 8);
	}
	lower_emit(w, i);
	if (p->bit_width) {
		uint16_t up = lower_const(w, 64 - (int64_t)shift - p->bit_width), down = lower_const(w, 64 - (int64_t)p->bit_width);

		lower_emit(w, (struct ir_ins){.op = IR_SHL, .d = d, .a = d, .b = up});
		lower_emit(w, (struct ir_ins){.op = type_is_unsigned(p->type) ? IR_LSHR : IR_ASHR, .d = d, .a = d, .b = down});
	}
}

static void load_userland_string(struct lower *w, uint16_t d, uint16_t address)
{
	struct ir_arg arg = {IR_ARG_REG, address};

	lower_emit(w, (struct ir_ins){.op = IR_CALL, .d = d, .imm = IR_FUNC_COPYINSTR,
				      .args = lower_args(w, &arg, 1), .nargs = 1});
}

static void load_bytes(struct lower *w, const struct lower_place *p, uint16_t d, uint32_t size)
{
	if (p->kind == PLACE_VAR) {
		lower_emit(w, (struct ir_ins){.op = IR_MOVS, .d = d, .a = p->slot, .b = p->index, .imm = (int64_t)(p->bit_offset / 8),
					      .imm2 = size ? size : (uint32_t)type_size(p->var_type)});
		return;
	}
	if (p->is_userland && size == 0) {
		load_userland_string(w, d, lower_address(w, p));
		return;
	}
	lower_emit(w, (struct ir_ins){.op = IR_LOADB, .d = d, .imm = size,
				      .a = p->is_userland ? copied_in(w, lower_address(w, p), size) : lower_address(w, p)});
}

struct lower_value lower_load(struct lower *w, const struct lower_place *p, int line)
{
	bool in_slot = lower_is_slot(p->type), is_string = type_resolve(p->type)->kind == TY_STRING;
	uint32_t size = in_slot && !is_string ? lower_size(w, p->type, line) : 0;
	struct lower_value v = {in_slot ? LOWER_SLOT : LOWER_REG, 0};
	struct lower_mark m;

	v.n = in_slot ? lower_slot(w, size) : lower_reg(w);
	m = lower_mark(w);
	if (p->kind == PLACE_VAR && !p->is_part)
		lower_emit(w, (struct ir_ins){.op = in_slot ? IR_LDVARS : IR_LDVAR, .d = v.n, .imm = p->var,
					      .args = p->args, .nargs = p->nargs});
	else if (in_slot)
		load_bytes(w, p, v.n, size);
	else
		load_int(w, p, v.n);
	lower_release(w, m);
	return v;
}

/* --- writing ----------------------------------------------------------------------------------- */

/* What is to be stored of a bit-field: the unit as it is, with the field's bits changed. */
static uint16_t with_field(struct lower *w, const struct lower_place *p, uint16_t value)
{
	struct lower_place unit = *p;
	uint64_t mask = p->bit_width == 64 ? ~UINT64_C(0) : (UINT64_C(1) << p->bit_width) - 1;
	uint16_t r = lower_reg(w), field = lower_reg(w);
	unsigned shift;

	unit.bit_offset = unit_offset(p, &shift) * 8;
	unit.bit_width = 0;
	load_int(w, &unit, r);
	lower_emit(w, (struct ir_ins){.op = IR_AND, .d = r, .a = r, .b = lower_const(w, (int64_t)~(mask << shift))});
	lower_emit(w, (struct ir_ins){.op = IR_AND, .d = field, .a = value, .b = lower_const(w, (int64_t)mask)});
	lower_emit(w, (struct ir_ins){.op = IR_SHL, .d = field, .a = field, .b = lower_const(w, shift)});
	lower_emit(w, (struct ir_ins){.op = IR_OR, .d = r, .a = r, .b = field});
	return r;
}

static void store_int(struct lower *w, const struct lower_place *p, uint16_t value)
{
	struct ir_ins i = {.width = (uint8_t)type_size(p->type)};
	struct lower_place at = *p;
	unsigned shift;

	if (p->bit_width)
		value = with_field(w, p, value);
	at.bit_offset = unit_offset(p, &shift) * 8;
	i.b = value;
	if (p->kind == PLACE_MEM) {
		i.op = IR_STORE;
		i.a = lower_address(w, &at);
	} else {
		i.op = IR_STORES;
		i.d = p->slot;
		i.a = p->index;
		i.imm = (int64_t)(at.bit_offset / 8);
	}
	lower_emit(w, i);
}

void lower_store(struct lower *w, const struct lower_place *p, struct lower_value v, int line)
{
	struct lower_mark m = lower_mark(w);
	bool in_slot = lower_is_slot(p->type);
	uint32_t size = in_slot ? (type_resolve(p->type)->kind == TY_STRING ? w->b.p->strsize : lower_size(w, p->type, line)) : 0;

	if (p->kind == PLACE_VAR && !p->is_part)
		lower_emit(w, (struct ir_ins){.op = in_slot ? IR_STVARS : IR_STVAR, .a = v.n, .imm = p->var,
					      .args = p->args, .nargs = p->nargs});
	else if (!in_slot)
		store_int(w, p, v.n);
	else if (p->kind == PLACE_MEM)
		lower_emit(w, (struct ir_ins){.op = IR_STOREB, .a = v.n, .b = lower_address(w, p), .imm = size});
	else
		lower_emit(w, (struct ir_ins){.op = IR_PUTS, .d = p->slot, .a = v.n, .b = p->index, .imm = (int64_t)(p->bit_offset / 8),
					      .imm2 = size});
	if (p->kind == PLACE_VAR && p->is_part && p->var != UINT32_MAX)
		lower_emit(w, (struct ir_ins){.op = IR_STVARS, .a = p->slot, .imm = p->var, .args = p->args,
					      .nargs = p->nargs});
	lower_release(w, m);
}
