/* SPDX-License-Identifier: GPL-2.0-only
 * The intermediate representation of a checked D program: what lower*.c writes, eval*.c runs, ir_write prints, ir_read
 * reads back and checks, and (a later issue) bpf/gen turns into BPF. It holds no pointer to host memory: an untrusted
 * compiler process may hand its text to a privileged loader, so ir_check accepts nothing that either back end could trip over.
 *
 * A clause is a list of basic blocks over typed virtual registers, assigned any number of times:
 *   r0 r1 ...  64-bit integers. Narrower types are kept sign- or zero-extended (IR_EXT does it).
 *   s0 s1 ...  buffers of a fixed size for strings (NUL-terminated, shorter than the size) and for structs and arrays (bytes).
 * Addresses are integers, too. Two ranges mean something at run time: scratch memory of the clause (alloca, copyin, bcopy:
 * IR_SCRATCH_BASE up), which IR_LOAD and IR_STORE reach, and the user memory of the current task, which only the copy
 * functions reach. Any other address faults (IR_FAULT_BADADDR).
 * Jumps lead forwards only: a clause ends after as many steps as it has instructions. Loops are inside of functions, bounded
 * by strsize or by a size argument.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define IR_VERSION	1
#define IR_SCRATCH_BASE UINT64_C(0x7fff000000000000) /* no task's user memory is there: x86_64, aarch64 */
#define IR_SCRATCH_MAX	(1u << 20)
#define IR_TUPLE_MAX	32
#define IR_STRSIZE_MAX	4096
#define IR_STRSIZE_MIN	8
#define IR_SLOT_MAX	65536	   /* bytes of one slot */
#define IR_SLOTS_MAX	(4u << 20) /* of all slots of a clause */
#define IR_REGS_MAX	60000	   /* registers of a clause; slots as well */
#define IR_ARGS_MAX	256	   /* values of an action */
#define IR_BUCKETS_MAX	65536	   /* of lquantize and llquantize */

enum ir_op {
	/* d = imm; d = a; s_d = constant string imm */
	IR_CONST, IR_MOV, IR_STR,
	/* d = a extended from width bytes, is_signed */
	IR_EXT,
	/* d = a op b, 64 bits; DIV and MOD by zero fault; shifts take b mod 64 */
	IR_ADD, IR_SUB, IR_MUL, IR_SDIV, IR_UDIV, IR_SMOD, IR_UMOD, IR_AND, IR_OR, IR_XOR, IR_SHL, IR_LSHR, IR_ASHR,
	IR_NEG, IR_NOT,
	/* d = a op b: 0 or 1 */
	IR_EQ, IR_NE, IR_SLT, IR_SLE, IR_ULT, IR_ULE,
	/* d = strcmp(s_a, s_b): -1, 0, 1, bytes unsigned, up to the NUL */
	IR_STRCMP,
	/* jump to block imm (a later one); IR_BR: to block imm if a != 0, else to block imm2 */
	IR_JMP, IR_BR,
	IR_RET,	  /* end of the clause */
	/* built-in variable imm (enum ir_builtin), index b for args[] and uregs[], else none: d, or s_d for a string */
	IR_BUILTIN, IR_BUILTIN_STR,
	/* variable imm: its value into d or s_d (0, "" or zeros if never written); with args: the element of that key */
	IR_LDVAR, IR_LDVARS,
	/* the other way, from a or s_a; 0, "" and zeros delete an element or self-> variable */
	IR_STVAR, IR_STVARS,
	/* d = width bytes at address a, is_signed; width bytes at address a = b */
	IR_LOAD, IR_STORE,
	/* The same in a slot of bytes, at offset imm plus, if it is there, register b (STORES: a), which faults (BADADDR) out of it:
	 * d = width bytes of s_a; s_d's width bytes = b */
	IR_LOADS, IR_STORES,
	/* s_d = s_a. From a slot of bytes: imm2 bytes at offset imm (plus register b); a string ends at the NUL and is cut to
	 * its size. PUTS: imm2 bytes of s_d at offset imm (plus register b) = s_a, a string padded with NUL */
	IR_MOVS, IR_PUTS,
	/* s_d = bytes at address a: imm of them, into a slot of bytes; a string: up to NUL, imm (if not 0) or its size */
	IR_LOADB,
	/* imm bytes at scratch address b = s_a, a string padded with NUL */
	IR_STOREB,
	/* function imm (enum ir_func, functions.def): args by its prototype (ir_func_signature), result in d or s_d, or none.
	 * speculation() is IR_SPEC_NEW */
	IR_CALL,
	/* action imm (enum ir_action_kind) that acts at once and records nothing: breakpoint chill panic raise stop; a or none */
	IR_HOST,
	/* aggregation imm: key args, value a (or none), weight b (or none) */
	IR_AGG,
	/* data-recording action imm of the clause: args are its values */
	IR_RECORD,
	/* d = a new speculation; the rest of the clause records into a; commit a; discard a */
	IR_SPEC_NEW, IR_SPECULATE, IR_COMMIT, IR_DISCARD,
	IR_EXIT,    /* the program ends with status a after this clause */
	IR_OP_COUNT
};

/* Functions, built-in variables and actions: one row each in the .def files, which say what they take. */
enum ir_func {
#define D_FUNC(id, name, result, params, flags) IR_FUNC_##id,
#include "functions.def"
#undef D_FUNC
	IR_FUNC_COUNT
};
/* Which member of fds[]: the second argument of __fdstr and __fdnum, as prelude.c writes it. */
enum fd_text { FD_PATH, FD_NAME, FD_DIRECTORY, FD_MOUNT, FD_FS };
enum fd_number { FD_OFFSET, FD_FLAGS };

enum ir_builtin {
#define D_BUILTIN(id, name, type, flags) IR_VAR_##id,
#include "builtins.def"
#undef D_BUILTIN
	IR_VAR_COUNT
};
enum ir_action_kind {
#define D_ACTION(id, name, params, flags) IR_ACT_##id,
#include "actions.def"
#undef D_ACTION
	IR_ACT_COUNT
};

#define IR_NONE UINT16_MAX /* no register */

struct ir_arg { /* one of a list of operands: tuple, function, action */
	enum { IR_ARG_REG, IR_ARG_SLOT, IR_ARG_STACK } kind; /* STACK: a stack of the task, taken here; see ir_stack */
	uint16_t n; /* register, slot or index into the program's stacks; the type stands with the key, action or function */
};

struct ir_ins {
	enum ir_op op;
	uint8_t width;
	bool is_signed;
	uint16_t d, a, b; /* IR_NONE: not used */
	uint32_t args, nargs; /* index of the first in ir_program.args, and how many */
	int64_t imm;
	uint32_t imm2;
	uint32_t line; /* of the script, for -S */
	uint32_t stmt; /* the statement it belongs to, from 1; 0: predicate. For faults */
};

struct ir_block {
	uint32_t first, count; /* instructions in ir_program.ins */
};

/* What a value is, for variables, keys, parameters of actions and printing. */
struct ir_type {
	enum { IR_INT, IR_STRING, IR_BYTES, IR_STACK, IR_SYM } kind;
	uint32_t size; /* IR_INT: 1 2 4 8; IR_BYTES: how many; IR_STRING: 0; IR_STACK: index into stacks; IR_SYM: the action's number
			* (IR_ACT_SYM, _FUNC, _MOD, _USYM, _UFUNC, _UMOD, _UADDR) */
	bool is_signed;
	uint32_t ctype; /* of print()'s value: index into ctypes, else 0 */
};

/* A type as print() needs it; ctypes[0] is none. A type is made of types before it, so there are no circles, but the same bytes
 * may be walked more than once (unions): who prints bounds his output. */
struct ir_ctype {
	enum { IR_C_NONE, IR_C_INT, IR_C_FLOAT, IR_C_POINTER, IR_C_STRING, IR_C_ENUM, IR_C_ARRAY, IR_C_STRUCT, IR_C_UNION } kind;
	uint32_t name;	/* as in C, "struct foo", "char *"; index into strings */
	uint32_t size;	/* bytes, at least 1; STRING: 0 */
	bool is_signed; /* INT, ENUM */
	uint32_t base, count;	    /* ARRAY: element, how many: size is that of all */
	uint32_t members, nmembers; /* STRUCT, UNION: fields; ENUM: names; into cmembers */
};
struct ir_cmember {
	uint32_t name; /* "": anonymous */
	uint32_t type;
	uint32_t bit_offset, bit_width; /* width 0: no bit-field. Lies within its type's size */
	int64_t value; /* of an enumerator */
};

struct ir_var {
	uint32_t name; /* index into strings */
	enum { IR_GLOBAL, IR_SELF, IR_THIS } scope;
	struct ir_type type;
	uint32_t keys, nkeys; /* into keytypes; nkeys 0: a scalar */
};

struct ir_aggregation {
	uint32_t name; /* "" for @ */
	enum { IR_AGG_COUNT, IR_AGG_SUM, IR_AGG_MIN, IR_AGG_MAX, IR_AGG_AVG, IR_AGG_STDDEV, IR_AGG_QUANTIZE, IR_AGG_LQUANTIZE,
	       IR_AGG_LLQUANTIZE } func;
	bool is_signed;	   /* of the value */
	int64_t param[4];  /* lquantize: base limit step; llquantize: factor low high steps */
	uint32_t keys, nkeys;
};

struct ir_stack { /* stack(), ustack(), jstack() with their arguments; 0: the option's default */
	enum { IR_STACK_KERNEL, IR_STACK_USER, IR_STACK_JAVA } kind;
	uint32_t frames, strsize;
};

/* A data-recording action of a clause; what it does with its values is bpf/run's part (actions.def has the kinds). */
struct ir_action {
	uint16_t kind;		 /* enum ir_action_kind */
	uint32_t format;	 /* printf, system, freopen, ...: index into strings */
	uint32_t types, ntypes;	 /* of the values, into keytypes */
	uint32_t aggs, naggs;	 /* printa, clear, trunc, normalize: into agg_refs */
	int64_t arg;		 /* printa: 1 if it has a format; else 0 */
	uint32_t line;
};

struct ir_clause {
	uint32_t probes;	 /* index into strings: the descriptions as written, for the back end to match */
	uint32_t line;
	uint32_t blocks, nblocks; /* block 0 is the entry; a predicate is a branch to the last block */
	uint32_t actions, nactions;
	uint16_t nregs, nslots;
	uint32_t slot_sizes;	 /* into slotsizes; 0: a string slot, of strsize bytes */
	bool is_default;	 /* no body, or speculate() alone: an empty record when it ends at an IR_RET with stmt != 0 (the
				  * one that a predicate leads to has stmt 0) */
};

/* A list in one piece of memory. */
struct ir_program {
	uint32_t strsize;
	struct { const char *p; uint32_t len; } *strings;
	struct ir_ins *ins;
	struct ir_arg *args;
	struct ir_block *blocks;
	struct ir_type *keytypes;
	struct ir_var *vars;
	struct ir_aggregation *aggs;
	struct ir_stack *stacks;
	struct ir_action *actions;
	struct ir_clause *clauses;
	struct ir_ctype *ctypes;
	struct ir_cmember *cmembers;
	uint32_t *slotsizes, *agg_refs;
	uint32_t nstrings, nins, nargs, nblocks, nkeytypes, nvars, naggs, nstacks, nactions, nclauses, nslotsizes, nagg_refs, nctypes,
		ncmembers;
	struct ir_options { uint32_t n; struct { uint32_t name, value; } *set; } options; /* #pragma D option, in order */
};

/* Run-time faults, in DTrace's words: eval_fault_name. */
enum ir_fault {
	IR_FAULT_NONE, IR_FAULT_BADADDR, IR_FAULT_BADALIGN, IR_FAULT_ILLOP, IR_FAULT_DIVZERO, IR_FAULT_NOSCRATCH, IR_FAULT_KPRIV,
	IR_FAULT_UPRIV, IR_FAULT_TUPOFLOW, IR_FAULT_BADSTACK, IR_FAULT_BADSIZE, IR_FAULT_BADINDEX, IR_FAULT_COUNT
};

/* What a function takes in IR, derived from its row: 'i' an integer in a register, 's' a string slot; result '-' for none. */
struct ir_signature {
	char result;
	char args[8];
	unsigned least, most; /* arguments */
	bool null_first;      /* the first may be the integer 0 (a register) instead of a string: strtok(NULL, s) */
	bool destructive;
};
/* The signature of function f (< IR_FUNC_COUNT). */
struct ir_signature ir_func_signature(unsigned f);
char ir_builtin_result(unsigned v); /* 'i' or 's' */
bool ir_builtin_is_array(unsigned v);

/* Writes the program as text, one instruction a line, with comments (`# line 3: x = y + 1`). Stable: the same program gives
 * the same bytes. Returns 0 or -1 (errno). */
int ir_write(FILE *out, const struct ir_program *p);

/* Reads what ir_write wrote, from hostile bytes: every index, size, type, jump and limit is checked, as ir_check does.
 * On failure returns NULL with a sentence in error (size bytes) that names the line. The caller frees with ir_free. */
struct ir_program *ir_read(const char *text, size_t len, char *error, size_t size);
void ir_free(struct ir_program *p);

/* How many buckets the entries of an aggregation have; 0: its function has none, or the parameters are wrong. */
uint32_t ir_agg_buckets(const struct ir_aggregation *a);

/* Whether a program is well formed; false with a sentence in error. lower's output is checked too, in tests and by -S. */
bool ir_check(const struct ir_program *p, char *error, size_t size);
