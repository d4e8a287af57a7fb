/* SPDX-License-Identifier: GPL-2.0-only
 * From the checked tree (check.h says what it looks like) to IR. Registers and slots are handed out like a stack: a value's own
 * place first, then what is needed to compute it, which is given back when it is there (lower_mark, lower_release). So a deep
 * expression takes as many as it is deep, not as many as it has operators.
 */
#pragma once

#include "ir_build.h"
#include "state.h"

struct lower_slot {
	uint32_t size; /* 0: string */
	bool used;
};

struct lower {
	struct lang *l;
	struct ir_build b;
	/* The clause under way. */
	uint32_t regs, regs_max;
	struct lower_slot *slots;
	uint32_t nslots, slots_room;
	uint16_t *taken; /* the slots in use, in the order of their taking */
	uint32_t ntaken, taken_room;
	uint64_t slot_bytes;
	uint32_t *labels; /* label: the block that begins there, or UINT32_MAX */
	uint32_t nlabels, labels_room;
	uint32_t first_block, nblocks, first_action, nactions;
	bool open; /* the block under way has no end yet */
	uint32_t line, stmt;
	struct lower_recording *recording; /* lower_action.c */
	struct type **ctypes; /* the type that each of the program's ctypes is made of */
	uint32_t ctypes_room;
};

/* A value: nothing, an integer in a register, or a string or bytes in a slot. */
struct lower_value {
	enum { LOWER_NONE, LOWER_REG, LOWER_SLOT } kind;
	uint16_t n;
};

/* Where something lies that can be read and perhaps written: a variable, or a part of one that is made of bytes; or memory. */
struct lower_place {
	enum { PLACE_VAR, PLACE_MEM } kind;
	struct type *type; /* of what lies there */
	uint64_t bit_offset;
	unsigned bit_width; /* 0: no bit-field */
	/* VAR: which, the key's first argument and their number; of a part: the slot with the whole, the register with what is
	 * added to the offset (or IR_NONE) */
	uint32_t var, args, nargs;
	struct type *var_type;
	uint16_t slot, index;
	bool is_part;
	/* MEM: register with the address; bit_offset comes on top */
	uint16_t address;
	bool is_userland;
};

/* lower.c */
struct lower_mark {
	uint32_t regs, ntaken;
};
struct lower_mark lower_mark(struct lower *w);
void lower_release(struct lower *w, struct lower_mark m);
uint16_t lower_reg(struct lower *w);
uint16_t lower_slot(struct lower *w, uint32_t size); /* 0: a string */
/* line and stmt are filled in, and IR_NONE where the instruction has no operand; one that may be left out is the caller's to set */
void lower_emit(struct lower *w, struct ir_ins i);
uint32_t lower_label(struct lower *w);
void lower_place_label(struct lower *w, uint32_t label); /* what follows begins a block; the one before leads into it */
void lower_jump(struct lower *w, uint32_t label);
void lower_branch(struct lower *w, uint16_t reg, uint32_t yes, uint32_t no);
uint16_t lower_const(struct lower *w, int64_t value);
/* Arguments, one after the other in the program's list. */
uint32_t lower_args(struct lower *w, const struct ir_arg *args, uint32_t n);

/* lower_type.c */
struct ir_type lower_type(struct lower *w, struct type *t, int line);
uint32_t lower_ctype(struct lower *w, struct type *t, int line);
uint32_t lower_size(struct lower *w, struct type *t, int line); /* of bytes; fails where a slot cannot hold them */
bool lower_is_slot(struct type *t); /* its values are in slots */

/* lower_expr.c */
struct lower_value lower_expr(struct lower *w, struct node *n);
/* The same for what must be an integer or pointer. */
uint16_t lower_int(struct lower *w, struct node *n);
/* Goes to one of the labels by whether n is not 0. */
void lower_cond(struct lower *w, struct node *n, uint32_t yes, uint32_t no);
/* A value as an argument of a tuple, an action: its IR type is *t. stack() and usym() too. */
struct ir_arg lower_arg(struct lower *w, struct node *n, struct ir_type *t);
/* d = op a, b, cut to the type's width */
void lower_arith(struct lower *w, enum node_op op, struct type *t, uint16_t d, uint16_t a, uint16_t b);
void lower_extend(struct lower *w, uint16_t r, struct type *t);
/* The value (of type from) as a value of type to, perhaps in the same place. */
struct lower_value lower_convert(struct lower *w, struct lower_value v, struct type *from, struct type *to, int line);

/* lower_call.c */
/* The index of a stack, by the name of the action that takes it. */
uint32_t lower_stack(struct lower *w, const char *action, uint32_t frames, uint32_t strsize);
struct lower_value lower_call(struct lower *w, struct node *n);

/* lower_place.c */
struct lower_place lower_place(struct lower *w, struct node *n);
struct lower_value lower_load(struct lower *w, const struct lower_place *p, int line);
void lower_store(struct lower *w, const struct lower_place *p, struct lower_value v, int line);
uint16_t lower_address(struct lower *w, const struct lower_place *p);

/* lower_action.c */
void lower_action(struct lower *w, struct node *call);
void lower_agg(struct lower *w, struct node *n);
