/* SPDX-License-Identifier: GPL-2.0-only
 * From a system call to its text: one row a call (calls.tbl), one printer an argument kind
 * (kinds.tbl and kind_*.c), names of flags from flags/NAME.tbl. No ptrace here: memory of the tracee comes through
 * a callback, so that tests and the fuzzer decode recorded or random memory.
 */
#pragma once

#include "out.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Which numbers and which struct layouts: of the call, not of this program. */
enum abi { ABI_X86_64, ABI_I386, ABI_AARCH64, ABI_COUNT };

/* The tracee's memory. read copies up to n bytes from addr and returns how many could be read from
 * there on (short at an unmapped page), 0 or less when none. */
struct memory {
	ssize_t (*read)(void *ctx, uint64_t addr, void *buf, size_t n);
	void *ctx;
};

/* What -y and friends ask of the system about the tracee; NULL members print nothing. */
struct lookup {
	/* <...> for a descriptor with its brackets and what stands behind them, "</tmp/x>(deleted)", already escaped;
	 * false: none. */
	bool (*fd)(void *ctx, pid_t tid, int fd, struct out *o);
	/* comm of a process for -Y, without brackets, already escaped. */
	bool (*comm)(void *ctx, pid_t pid, struct out *o);
	/* The name of an interface, already escaped; without quotes. */
	bool (*ifname)(void *ctx, uint32_t index, struct out *o);
	/* The protocol of a netlink socket; -1: none. */
	int (*netlink)(void *ctx, pid_t tid, int fd);
	/* Whether it is a datagram socket with port 53 at one of its ends. */
	bool (*dns)(void *ctx, pid_t tid, int fd);
	void *ctx;
};

struct decode_options {
	size_t string_limit;  /* -s, 32 */
	bool abbrev;	      /* false with -v: structures are printed whole */
	enum out_hex hex;     /* -x, -xx */
	enum { CONST_ABBREV, CONST_RAW, CONST_VERBOSE } constants; /* -X */
	bool dns;	      /* --dns: payloads of port 53 as DNS */
	/* -e raw=, abbrev=, verbose= sets by row; NULL: none/all. */
	const bool *raw_rows, *abbrev_rows, *verbose_rows; /* indexed by struct call_row's index */
};

/* One argument of a row. `param` is what the kind makes of it: the number of a flag table
 * (enum flags_id), the index of another argument, a size. */
struct call_arg {
	uint16_t kind;
	uint16_t param;
};

/* strace's classes: enum names CLASS_DESC ...; see classes.h (generated from calls.tbl's words). */
struct call_row {
	const char *name;
	struct call_arg args[6];
	uint8_t n_args;
	uint8_t ret;	  /* enum ret_kind */
	uint16_t result;  /* a kind whose printer says more about a result that is no error, KIND_NONE: none */
	uint16_t index;	  /* of the row, over all ABIs: for sets */
	uint64_t classes; /* 1 << CLASS_x */
};

enum ret_kind {
	RET_DEC, RET_HEX, RET_OCT, RET_FD, RET_PID, RET_UNSIGNED, RET_NONE, /* never returns: = ? */
	RET_TIME, RET_SPECIAL /* all behind "= " is printed by the kind in call_row.result */
};

/* A call that is being decoded, kept from entry to exit. */
struct call {
	enum abi abi;
	uint64_t nr;
	uint64_t args[6];
	uint64_t sp;	   /* the stack pointer at entry: sigreturn's arguments lie there */
	int64_t ret;	   /* errors as -errno */
	bool error;	   /* ret is -errno */
	bool exiting;	   /* ret is known: decode_exit is running */
	bool unwrapped;	   /* by decode_unwrap */
	bool failed_entry; /* the entry could not be read (a tracee that vanished) */
	pid_t tid, tgid;
	const struct call_row *row; /* never NULL: unknown calls get a row of their own */
	struct out *out;
	const struct memory *mem;
	const struct lookup *lookup;
	const struct decode_options *opt;

	unsigned depth;	   /* of arrays within arrays that are being printed */
	unsigned next;	   /* first argument that is not printed yet */
	uint64_t keep[6];  /* by argument: what a printer remembers from entry to exit (value-result lengths, a changed pointer's target) */
	const char *ret_text; /* for what is longer than ret_buf see call_row.result; own text printed behind the value: "(Timeout)", "(flags O_RDWR)" as `(%s)` */
	char ret_buf[256];
};

/* Finds the row; a number that is not in the table gets a row named syscall_0x1d4 with six hex
 * arguments (one row per ABI and number is made once; after some hundred of them all others share one, so that a
 * tracee cannot fill our memory). */
const struct call_row *decode_row(enum abi abi, uint64_t nr);

/* For socketcall and ipc of i386, which carry other calls: changes row and args to those of the call that is meant,
 * where memory tells. To be called behind decode_row, before a filter looks at the row. */
void decode_unwrap(struct call *c);

/* All rows of an ABI, by number; gaps are NULL. */
const struct call_row *const *decode_rows(enum abi abi, size_t *n);

/* The row index of a name (any ABI; lines of calls.tbl with one name share it), -1: none; the number of row
 * indices; a class's bit by its word ("file", "stat", "%stat": one "%" taken off already), 0: none. */
int decode_find(const char *name);
size_t decode_row_count(void);
uint64_t decode_class(const char *word);

/* Prints "name(" and the arguments that can be known at entry. */
void decode_entry(struct call *c);

/* Prints the remaining arguments and ")". The result is printed by decode_result. */
void decode_exit(struct call *c);

/* Prints "= 3", "= -1 ENOENT (No such file or directory)", "= 0x7f... ", "= ? ERESTARTSYS (To be restarted if
 * SA_RESTART is set)", "= 0 (Timeout)"; without the padding before "=". */
void decode_result(struct call *c);

/* "ENOENT" or NULL; as the kernel numbers them (includes ERESTARTSYS and friends, 512 to 516, 530). */
const char *decode_errno_name(int err);
/* "No such file or directory" or NULL: glibc's words, which are what strace prints; musl has others. */
const char *decode_errno_text(int err);
/* The number of a name in upper or lower case, 0: none. */
int decode_errno_number(const char *name);
