/* SPDX-License-Identifier: GPL-2.0-only
 * The inside of the library: how its functions reach the scratch element, and what they have in common. They are compiled for BPF,
 * and for the host, where the unit test compares them with the evaluator's.
 *
 * What the verifier makes of them decides how they are written. It follows every way through a loop, turn by turn:
 *	strings are looked at a word of 8 bytes at a time, which is also the fast way;
 *	a loop counts with a constant step up to a constant, and its counter is hidden from the compiler, which would else turn it
 *	into a pointer that the verifier cannot bound; so is what a chain of comparisons gives, of which it else makes jumps with
 *	registers that are copied before they are set;
 *	what is found in a loop, and a test with more than two ways in one, are functions of their own: looked at once, and what they
 *	return is some number or other, not one of a thousand to be followed separately;
 *	a loop that may have 4096 turns has one test in them besides that of its end: so many tests may wait to be looked at again;
 *	no test in a loop may be decided by what an earlier turn found out, or the ways no longer come together again.
 */
#pragma once

#include "lib.h"

#include <stdbool.h>

#include "bpf/lang/ir.h"

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;

#ifdef __bpf__
/* Constants that link.c fills in: the value is the symbol's address. */
extern char lib_limit[], lib_strsize[], lib_state[], lib_alloc[], lib_alloc_size[], lib_text[];
#define LIMIT	   ((u64)lib_limit)	 /* the largest offset that a function takes */
#define STRSIZE	   ((u64)lib_strsize)
#define STATE	   ((u64)lib_state)	 /* offset of struct lib_state */
#define ALLOC	   ((u64)lib_alloc)	 /* offset of scratch memory */
#define ALLOC_SIZE ((u64)lib_alloc_size) /* bytes of it */
#define TEXT	   ((u64)lib_text)	 /* offset of a slot for the function itself */

extern char lib_scratch[]; /* the map */

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static u64 (*const bpf_probe_read_user)(void *dst, u32 size, u64 address) = (void *)112;
static s64 (*const bpf_probe_read_user_str)(void *dst, u32 size, u64 address) = (void *)114;
static s64 (*const bpf_probe_write_user)(u64 address, const void *src, u32 size) = (void *)36;
/* These are for lib_file.bpf.c; leafcheck.c lets no other function call them. */
static u64 (*const bpf_get_current_task)(void) = (void *)35;
static s64 (*const bpf_probe_read_kernel)(void *dst, u32 size, u64 address) = (void *)113;
static s64 (*const bpf_probe_read_kernel_str)(void *dst, u32 size, u64 address) = (void *)115;

static inline __attribute__((always_inline)) char *lib_element(u64 element)
{
	u32 key = (u32)element;

	return bpf_map_lookup_elem(lib_scratch, &key);
}
#else
struct lib_host {
	u64 limit, strsize, state, alloc, alloc_size, text;
	char *element;
};
extern struct lib_host lib_host;
#define LIMIT	   lib_host.limit
#define STRSIZE	   lib_host.strsize
#define STATE	   lib_host.state
#define ALLOC	   lib_host.alloc
#define ALLOC_SIZE lib_host.alloc_size
#define TEXT	   lib_host.text
u64 bpf_probe_read_user(void *dst, u32 size, u64 address);
s64 bpf_probe_read_user_str(void *dst, u32 size, u64 address);
s64 bpf_probe_write_user(u64 address, const void *src, u32 size);
u64 bpf_get_current_task(void);
s64 bpf_probe_read_kernel(void *dst, u32 size, u64 address);
s64 bpf_probe_read_kernel_str(void *dst, u32 size, u64 address);
static inline char *lib_element(u64 element)
{
	(void)element;
	return lib_host.element;
}
#endif

#define INLINE static inline __attribute__((always_inline))
/* A function of its own for the verifier and for link.c. */
#define GLOBAL __attribute__((noinline))
/* The compiler is to know nothing about x from here on. */
#define HIDE(x) __asm__ volatile("" : "+r"(x))

/* All that lib.def has. */
#define LIB_ARGS_1 u64
#define LIB_ARGS_2 u64, u64
#define LIB_ARGS_3 u64, u64, u64
#define LIB_ARGS_4 u64, u64, u64, u64
#define LIB_ARGS_5 u64, u64, u64, u64, u64
#define LIB_FUNC(name, nargs, faults) u64 lib_##name(LIB_ARGS_##nargs);
#include "lib.def"
#undef LIB_FUNC

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* Bytes at any address: machines that have BPF read and write them so. */
#ifdef __bpf__
#define READ(type, p)	    (*(const type *)(const void *)(p))
#define WRITE(type, p, v) (*(type *)(void *)(p) = (v))
#else
#define READ(type, p)	    (((const struct { type v; } __attribute__((packed)) *)(const void *)(p))->v)
#define WRITE(type, p, x) (((struct { type v; } __attribute__((packed)) *)(void *)(p))->v = (x))
#endif

INLINE u64 load(const char *p)
{
	return READ(u64, p);
}

INLINE void store(char *p, u64 word)
{
	WRITE(u64, p, word);
}

INLINE u64 padded(u64 n)
{
	return (n + 7) & ~UINT64_C(7);
}

/* A bit in the lowest byte of word that is zero; 0: there is none. */
INLINE u64 zero_byte(u64 word)
{
	u64 z = (word - EACH_BYTE) & ~word & EACH_BYTE << 7;

	return z & -z;
}

/* The bits below the byte that zero_byte found. */
INLINE u64 below(u64 z)
{
	return (z >> 7) - 1;
}

/* Its index. */
INLINE u64 index_of_zero(u64 z)
{
	return (z >> 7) * UINT64_C(0x0001020304050607) >> 56;
}

/* In what a step of a loop returns: it was the last one. */
#define DONE (UINT64_C(1) << 63)

/* The bit of a character in one of lib_class()'s masks. */
#define BIT(c) (UINT64_C(1) << ((c) & 63))

/* The bits of the first n bytes of a word, n < 8. */
INLINE u64 first_bytes(u64 n)
{
	return (UINT64_C(1) << ((n & 7) * 8)) - 1;
}

/* The address of an offset in the element p; NULL: it is none. At once an address, and the compiler may not put it off: of a number
 * that lies on the stack, older kernels forget the bounds. */
INLINE char *spot(char *p, u64 offset)
{
	HIDE(offset);
	if (!p || offset > LIMIT)
		return 0;
	p += offset;
	HIDE(p);
	return p;
}

INLINE struct lib_state *state_of(char *element)
{
	return (struct lib_state *)(void *)(element + STATE);
}
