/* SPDX-License-Identifier: GPL-2.0-only
 * The instructions as data: name and which fields each uses. ir_check, ir_write and ir_read go by this table, so that an
 * instruction that is new here is checked, printed and read alike.
 */
#pragma once

#include "ir.h"

/* Fields: 'r' a register, 's' a slot, '-' none; 'R' a register or none. imm: '-' none (0), 'n' a number, 't' a string, 'b' a
 * block, 'v' a variable, 'g' an aggregation, 'f' a function, 'u' a built-in variable, 'c' an action of the clause, 'h' an
 * action that acts at once. imm2: '-', 'n', 'b'. */
struct ir_shape {
	const char *name;
	char d, a, b, imm, imm2;
	bool width; /* has width and is_signed */
	bool args;
	bool ends; /* ends a block */
};

extern const struct ir_shape ir_shapes[IR_OP_COUNT];

/* Names of enumerations, for both directions. */
extern const char *const ir_scope_names[3], *const ir_aggfunc_names[9], *const ir_stack_names[3], *const ir_ctype_names[9];
extern const char *const ir_func_names[IR_FUNC_COUNT], *const ir_builtin_names[IR_VAR_COUNT], *const ir_action_names[IR_ACT_COUNT];
