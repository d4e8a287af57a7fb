/* SPDX-License-Identifier: GPL-2.0-only
 * Variables, as bpf/lang/eval_var.c has them:
 *	global scalars	 in the only element of an array, reached by address
 *	this->		 in the element
 *	self-> scalars	 all of a program in one value of the task's storage (or of a hash, by task)
 *	arrays		 a hash for each variable
 * A zero that is stored removes an element; in the task's storage it is just a zero.
 */
#include "code.h"

/* The value to be stored, in r1; extended to the variable's type. */
static void int_value(struct code *k, const struct ir_type *t)
{
	regs_to(k, 1, k->i->a);
	if (!regs_fits(k, k->i->a, t->size, t->is_signed))
		code_extend(k, 1, t->size, t->is_signed);
}

/* Makes the slot fit to be kept: behind a string's NUL there may be anything, and an empty one is all zero. */
static uint32_t slot_value(struct code *k, const struct ir_type *t)
{
	(void)t;
	if (k->source[k->i->a] != SLOT_OWN) { /* a name that lies elsewhere is put into the slot, which is as long as the variable */
		slot_fill(k, k->i->a, slot_place(k, k->i->a));
		k->source[k->i->a] = SLOT_OWN;
	}
	return slot_place(k, k->i->a);
}

static void load_from_r0(struct code *k, const struct ir_var *v, uint32_t size, int32_t off)
{
	if (v->type.kind == IR_INT) {
		code_load(k, 8, regs_def(k, k->i->d), 0, off);
		return;
	}
	if (off)
		code_alu_imm(k, BPF_ADD, 0, off);
	code_copy(k, LOAD, slot_place(k, k->i->d), size);
	slot_written(k, k->i->d);
}

static void load_zero(struct code *k, const struct ir_var *v, uint32_t size)
{
	if (v->type.kind == IR_INT) {
		code_set(k, regs_def(k, k->i->d), 0);
		return;
	}
	code_zero(k, slot_place(k, k->i->d), v->type.kind == IR_STRING ? 8 : size);
	slot_written(k, k->i->d);
}

/* r0 may be NULL: zero then. */
static void load_if_there(struct code *k, const struct ir_var *v, uint32_t size, int32_t off)
{
	label none = code_label(k), done = code_label(k);

	if (v->type.kind == IR_INT) {
		int d = regs_def(k, k->i->d);

		code_set(k, d, 0);
		code_jump_if_imm(k, BPF_JEQ, 0, 0, done);
		code_load(k, 8, d, 0, off);
		code_here(k, done);
		return;
	}
	code_jump_if_imm(k, BPF_JEQ, 0, 0, none);
	load_from_r0(k, v, size, off);
	code_jump(k, done);
	code_here(k, none);
	load_zero(k, v, size);
	code_here(k, done);
}

static void store_to_r0(struct code *k, const struct ir_var *v, uint32_t size, int32_t off)
{
	if (v->type.kind == IR_INT) {
		int_value(k, &v->type);
		code_store(k, 8, 0, off, 1);
		return;
	}
	if (off)
		code_alu_imm(k, BPF_ADD, 0, off);
	code_copy(k, STORE, slot_place(k, k->i->a), size);
}

static void this_var(struct code *k, enum direction way, const struct ir_var *v, const struct gen_var *gv)
{
	uint32_t at = k->g->this_at[k->in_error] + gv->at;

	if (v->type.kind == IR_INT && way == LOAD) {
		code_load_at(k, 8, regs_def(k, k->i->d), at);
		regs_know(k, k->i->d, v->type.size, v->type.is_signed);
	} else if (v->type.kind == IR_INT) {
		int_value(k, &v->type);
		code_store_at(k, 8, at, 1);
	} else {
		if (way == STORE)
			slot_value(k, &v->type);
		code_address(k, 0, way == LOAD ? at : slot_place(k, k->i->a));
		code_copy(k, LOAD, way == LOAD ? slot_place(k, k->i->d) : at, gv->size);
		if (way == LOAD)
			slot_written(k, k->i->d);
	}
}

static void global_var(struct code *k, enum direction way, const struct ir_var *v, const struct gen_var *gv)
{
	if (way == STORE && v->type.kind != IR_INT)
		slot_value(k, &v->type);
	code_map_value(k, 0, GEN_GLOBALS, gv->at);
	if (way == LOAD)
		load_from_r0(k, v, gv->size, 0);
	else
		store_to_r0(k, v, gv->size, 0);
	if (way == LOAD && v->type.kind == IR_INT)
		regs_know(k, k->i->d, v->type.size, v->type.is_signed);
}

/* As leafcheck has it: nothing stands between what gives the task and what takes it. */
static void task_storage(struct code *k, int flags)
{
	code_helper(k, BPF_FUNC_get_current_task_btf);
	code_alu(k, BPF_MOV, 2, 0);
	code_map(k, 1, GEN_SELFS, 0);
	code_set(k, 3, 0);
	code_set(k, 4, flags);
	code_helper(k, BPF_FUNC_task_storage_get);
}

static void find_by_task(struct code *k)
{
	code_address(k, 2, IN_FIRING(task));
	code_map(k, 1, GEN_SELFS, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
}

enum making { MAKE_NOT, MAKE, MAKE_IF_R4 };

/* Looks the value of all self-> variables up, and makes it unless that is MAKE_NOT: r0, or NULL. */
static void find_selfs(struct code *k, enum making making)
{
	label made = code_label(k);

	if (k->g->f.task_storage) {
		task_storage(k, making == MAKE ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
		return;
	}
	find_by_task(k);
	if (making == MAKE_NOT)
		return;
	code_jump_if_imm(k, BPF_JNE, 0, 0, made);
	code_address(k, 2, IN_FIRING(task));
	code_map(k, 1, GEN_SELFS, 0);
	code_map_value(k, 3, GEN_ZEROS, 0);
	code_set(k, 4, BPF_NOEXIST);
	code_helper(k, BPF_FUNC_map_update_elem);
	find_by_task(k);
	code_here(k, made);
}

/* r0 = the value of all self-> variables, or NULL. It is looked up once in a firing, and stays where it is for all of it; what was not
 * there is looked for again. With MAKE_IF_R4, r4 stays on the stack. */
static void self_value(struct code *k, enum making making)
{
	label not = code_label(k), found = code_label(k), known = code_label(k);

	if (making == MAKE_IF_R4)
		code_store(k, 8, 10, STACK_POINTER, 4);
	code_load(k, 8, 0, 10, STACK_SELFS);
	code_jump_if_imm(k, BPF_JNE, 0, 0, known);
	if (making == MAKE_IF_R4)
		code_jump_if_imm(k, BPF_JEQ, 4, 0, not);
	if (making != MAKE_NOT)
		find_selfs(k, MAKE);
	if (making == MAKE_IF_R4)
		code_jump(k, found);
	code_here(k, not);
	if (making != MAKE)
		find_selfs(k, MAKE_NOT);
	code_here(k, found);
	code_store(k, 8, 10, STACK_SELFS, 0);
	code_here(k, known);
}

/* r1 = 0 if n bytes at an offset are zero. What lies behind them in the last word does not count. */
static void any_byte(struct code *k, uint32_t at, uint32_t n)
{
	uint32_t whole = n & ~7u;
	label again = code_label(k);

	code_address(k, 2, at);
	code_set(k, 1, 0);
	code_set(k, 3, 0);
	if (whole > 128) {
		code_here(k, again);
		code_load(k, 8, 4, 2, 0);
		code_alu(k, BPF_OR, 1, 4);
		code_alu_imm(k, BPF_ADD, 2, 8);
		code_alu_imm(k, BPF_ADD, 3, 8);
		code_jump_if_imm(k, BPF_JLT, 3, whole, again);
		whole = 0;
	}
	for (uint32_t i = 0; i < whole; i += 8) {
		code_load(k, 8, 4, 2, (int32_t)i);
		code_alu(k, BPF_OR, 1, 4);
	}
	if (n % 8) {
		code_load_at(k, 8, 4, at + (n & ~7u));
		code_alu_imm(k, BPF_LSH, 4, 64 - (int)(n % 8) * 8);
		code_alu(k, BPF_OR, 1, 4);
	}
}

/* r4 = 1 if what is stored is not zero. */
static void whether_zero(struct code *k, const struct ir_var *v)
{
	label zero = code_label(k);
	int64_t value;

	if (v->type.kind == IR_INT && regs_const(k, k->i->a, &value) && regs_fits(k, k->i->a, v->type.size, v->type.is_signed)) {
		code_set(k, 4, value != 0);
		return;
	}
	if (v->type.kind == IR_INT) {
		int_value(k, &v->type);
	} else if (v->type.kind == IR_STRING) {
		code_load_at(k, 1, 1, slot_value(k, &v->type));
	} else {
		any_byte(k, slot_value(k, &v->type), v->type.size);
	}
	code_set(k, 4, 0);
	code_jump_if_imm(k, BPF_JEQ, 1, 0, zero);
	code_set(k, 4, 1);
	code_here(k, zero);
}

static void self_var(struct code *k, enum direction way, const struct ir_var *v, const struct gen_var *gv)
{
	label none = code_label(k), done = code_label(k);
	enum making making = MAKE_IF_R4;
	int64_t value;

	if (way == LOAD) {
		self_value(k, MAKE_NOT);
		load_if_there(k, v, gv->size, (int32_t)gv->at);
		return;
	}
	if (v->type.kind == IR_INT && regs_const(k, k->i->a, &value) && regs_fits(k, k->i->a, v->type.size, v->type.is_signed))
		making = value ? MAKE : MAKE_NOT;
	else
		whether_zero(k, v);
	self_value(k, making);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, making == MAKE_NOT ? done : none);
	store_to_r0(k, v, gv->size, (int32_t)gv->at);
	if (making != MAKE_NOT) {
		code_jump(k, done);
		code_here(k, none);
		if (making == MAKE_IF_R4) {
			code_load(k, 8, 1, 10, STACK_POINTER);
			code_jump_if_imm(k, BPF_JEQ, 1, 0, done);
		}
		code_drop(k, KDROP_STORAGE);
	}
	code_here(k, done);
}

static void find_element(struct code *k, const struct gen_var *gv)
{
	code_address(k, 2, k->g->key_at);
	code_map(k, 1, GEN_DYNVAR, gv->map);
}

/*	zero: delete(map, key)
 *	else: v = lookup(map, key); if (v) *v = value; else if (update(map, key, value)) drop	*/
static void store_element(struct code *k, const struct ir_var *v, const struct gen_var *gv)
{
	label removed = code_label(k), missing = code_label(k), done = code_label(k);
	uint32_t from = IN_FRAME(word[0]);

	whether_zero(k, v);
	code_jump_if_imm(k, BPF_JEQ, 4, 0, removed);
	find_element(k, gv);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, missing);
	store_to_r0(k, v, gv->size, 0);
	code_jump(k, done);
	code_here(k, removed);
	find_element(k, gv);
	code_helper(k, BPF_FUNC_map_delete_elem);
	code_jump(k, done);
	code_here(k, missing);
	if (v->type.kind == IR_INT) {
		int_value(k, &v->type);
		code_store_at(k, 8, from, 1);
	} else {
		from = slot_place(k, k->i->a);
	}
	find_element(k, gv);
	code_address(k, 3, from);
	code_set(k, 4, BPF_ANY);
	code_helper(k, BPF_FUNC_map_update_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, done);
	code_drop(k, KDROP_DYNAMIC);
	code_here(k, done);
}

static void element(struct code *k, enum direction way, const struct ir_var *v, const struct gen_var *gv)
{
	const struct gen *g = k->g;

	if (v->scope == IR_SELF) {
		code_load_at(k, 8, 1, IN_FIRING(task));
		code_store_at(k, 8, g->key_at, 1);
	}
	key_write(k, g->key_at, g->parts + gv->parts, gv->nparts, args_from(g->p, k->i->args), types_from(g->p, v->keys));
	if (way == STORE) {
		store_element(k, v, gv);
		return;
	}
	find_element(k, gv);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	load_if_there(k, v, gv->size, 0);
}

void step_var(struct code *k)
{
	const struct ir_var *v = &k->g->p->vars[k->i->imm];
	const struct gen_var *gv = &k->g->vars[k->i->imm];
	enum direction way = k->i->op == IR_LDVAR || k->i->op == IR_LDVARS ? LOAD : STORE;

	switch (gv->place) {
	case VAR_GLOBAL:
		global_var(k, way, v, gv);
		break;
	case VAR_THIS:
		this_var(k, way, v, gv);
		break;
	case VAR_SELF:
		self_var(k, way, v, gv);
		break;
	case VAR_DYN:
		element(k, way, v, gv);
		break;
	}
}
