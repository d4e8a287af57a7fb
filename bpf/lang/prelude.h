/* SPDX-License-Identifier: GPL-2.0-only
 * What D's library has in D itself: psinfo_t, curpsinfo and their like. Read when a script first names any of it.
 */
#pragma once

#include <stdbool.h>

struct lang;

bool prelude_has(const char *name);	 /* an inline of it: curpsinfo */
bool prelude_has_type(const char *name); /* a typedef or "struct tag" of it */
/* Parses and checks the text; the script's own state of parsing and checking is as before afterwards. */
void prelude_load(struct lang *l);
