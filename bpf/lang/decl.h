/* SPDX-License-Identifier: GPL-2.0-only
 * Declarations: what stands in the text (struct decl) made into types and names.
 */
#pragma once

#include "sym.h"

/* The type of a declaration or type name. A tuple of keys in it is an error: only variables have them. */
struct type *decl_type(struct lang *l, struct decl *d);

/* The same for a variable or inline, whose declarator may begin with [type, type]: *keys gets that one, or NULL. */
struct type *decl_object_type(struct lang *l, struct decl *d, struct declarator **keys);

/* The keys of such a declarator, as parameters. */
struct sym_param *decl_keys(struct lang *l, struct declarator *keys, unsigned *count);

/* Enters what an N_DECL declares: types, variables. */
void decl_enter(struct lang *l, struct decl *d);

/* decl_struct.c: the type of a struct, union or enum, made if its tag is new, and defined if { } follows. */
struct type *decl_tagged(struct lang *l, struct decl *d);

#define DECL_TYPE_MAX INT32_MAX /* bytes of a type */
const char *decl_shown(const char *name); /* of a declaration, for messages; it may have none */
