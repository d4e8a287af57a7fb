/* SPDX-License-Identifier: GPL-2.0-only
 * The fixed programs of dtrace with leaves of clang's behind them, which write down what they are given: what the tests of the
 * dispatcher and of the providers share, and the dispatcher's bench. All functions end the program with a sentence when something
 * fails that is not tested.
 */
#ifndef FIXED_H
#define FIXED_H

#include <bpf/libbpf.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "seen.h"

#define CANNOT 77 /* exit status: this kernel or this user cannot */

extern int failures;		    /* how often check() was false */
extern char last_complaint[4096]; /* libbpf's last warning */

/* One line, "ok WHAT" or "not ok WHAT: why". */
__attribute__((format(printf, 3, 4))) void check(bool ok, const char *what, const char *fmt, ...);

/* For libbpf_set_print(): keeps the last warning; under VERBOSE in the environment it is printed as well. */
int keep_complaint(enum libbpf_print_level level, const char *fmt, va_list ap);

/* The object of the fixed programs, opened and not yet loaded; the caller's, to close. */
struct bpf_object *open_fixed(void);

/* The leaves' object (BPF_OBJECT of the build), opened and not yet loaded; the caller's, to close. */
struct bpf_object *open_leaf(void);

/* Sets the first bytes of the constants of an object that is not loaded yet. */
void set_constant(struct bpf_object *o, const void *value, size_t size);

/* Loads a leaf that reads slot `slot` of `slots` a CPU of the scratch of `fixed`, as a program of this type, and puts it at `index` of
 * that map of leaves. *seen is the map that all leaves write to: made by the first one, where it is -1. The object is the caller's. */
struct bpf_object *load_leaf(struct bpf_object *fixed, enum bpf_prog_type type, const char *map, uint32_t index, uint32_t slot, uint32_t slots,
			     int *seen);

#endif
