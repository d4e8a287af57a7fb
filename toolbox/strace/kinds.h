/* SPDX-License-Identifier: GPL-2.0-only
 * Printers of argument kinds. A printer is
 *
 *     bool kind_NAME(struct call *c, unsigned arg, uint16_t param)
 *
 * and prints argument `arg` of c into c->out. It returns false, having printed nothing, when it has to wait for the
 * exit of the call (an output argument while !c->exiting); it is called again then, and must print.
 * What it may have printed before it returned false stays (an argument that is known in part: `{flags=...}` now,
 * ` => {parent_tid=[7]}` later). A printer that returns true and printed nothing leaves the argument out with its
 * comma (open's mode without O_CREAT).
 * A kind may also stand behind the kind of result in calls.tbl, `dec:poll_result`: its printer is called (arg 0) when the
 * result is printed and is no error; what it prints comes behind the value in parentheses, or is all that stands behind
 * "= " with `special:`. For what is known at the exit about an argument that was printed at the entry.
 * On exit with an error, output arguments are printed as their address. Registered by a line in kinds.tbl, which also
 * says what the parameter is: `-` none; `number`; `flags` the name of a flag table, FLAGS_x; `arg` another argument:
 * aN, or rN for the call's result, as long as it is not more than argument N: see arg_length.
 */
#pragma once

#include "decode.h"

typedef bool kind_printer(struct call *c, unsigned arg, uint16_t param);

/* Names of values: flags/NAME.tbl, one "NAME value" a line, made C at build time as flags_table[FLAGS_NAME]. */
struct flag {
	uint64_t value;
	const char *name;
};
struct flags {
	const struct flag *v; /* in the order in which print_flags tries and prints them */
	size_t n;
	const char *unknown; /* "PROT_???", or NULL: 0x80 stands without a comment */
	bool rising;	     /* by value: all but the tables with @order, where a name stands for several bits */
	uint16_t variant[ABI_COUNT]; /* another table for an ABI (flags/NAME.ABI.tbl), FLAGS_NONE: this one */
};
extern const struct flags flags_table[];

/* FLAGS_NAME for each file in flags/, and KIND_NAME, CLASS_NAME. */
#include "strace_ids.h"

/* The table for the ABI of the call; the name of a value in it, NULL: none. */
const struct flags *flags_of(const struct call *c, uint16_t flags_id);
const char *flags_name(const struct call *c, uint64_t value, uint16_t flags_id);

enum { PARAM_RESULT = 0x100 };

/* --- building blocks for printers --- */

/* Copies n bytes whole or fails; and a C string (at most size-1 bytes; returns its length, -1: unreadable;
 * *cut when no NUL was within). */
bool mem_read(const struct call *c, uint64_t addr, void *buf, size_t n);
ssize_t mem_string(const struct call *c, uint64_t addr, char *buf, size_t size, bool *cut);

/* Whether structures of this call are shortened (-v, -e abbrev) or not followed at all (-e verbose). */
bool call_abbrev(const struct call *c);
bool call_verbose(const struct call *c);
/* For structures: reads n bytes at addr, or prints the address and returns false where strace shows no more than
 * that: NULL, unreadable, not followed, or an error at the exit. */
bool read_or_addr(struct call *c, uint64_t addr, void *buf, size_t n);
/* For what a call fills in: true once it is there, at the exit without an error. Else *done is what the printer returns:
 * false, to be called again at the exit, or true, the address being printed. */
bool filled_in(struct call *c, unsigned arg, bool *done);

/* The number that an `arg` parameter means: argument N as a size, or the result (0 for an error, at most argument N). */
uint64_t arg_length(const struct call *c, uint16_t param);

/* An argument as the kernel sees it: a C int, a long of the ABI (sign extended), an address or size. */
int arg_int(const struct call *c, unsigned arg);
int64_t arg_long(const struct call *c, unsigned arg);
uint64_t arg_ulong(const struct call *c, unsigned arg);

/* A comma between members and elements, then "name=". */
void print_member(struct call *c, const char *name);

/* An address of the tracee: NULL or 0x7ffd... */
void print_addr(struct call *c, uint64_t addr);
/* PROT_READ|PROT_WRITE, 0x80 (with a comment PROT_???) for unknown bits, 0 for none (or the name of 0 if the table has one). */
void print_flags(struct call *c, uint64_t value, uint16_t flags_id);
/* For a value in which several tables have a part: what is printed in between is all names, and with -X verbose one
 * comment behind the number. false: with -X raw nothing but the number is printed, and there is no in between. */
struct names {
	const struct decode_options *outer;
	struct decode_options inner;
};
bool names_begin(struct call *c, struct names *n, uint64_t value);
void names_end(struct call *c, const struct names *n);
/* One value: SEEK_SET, or 0x7 with a comment SEEK_???. */
void print_enum(struct call *c, uint64_t value, uint16_t flags_id);
/* The same with numbers in decimal. */
void print_enum_dec(struct call *c, uint64_t value, uint16_t flags_id);
/* A value and its name as -X asks: the name; the value in hex (_dec: decimal); the value with the name as a comment. */
void print_named(struct call *c, const char *name, uint64_t value);
void print_named_dec(struct call *c, const char *name, int64_t value);
/* -1 is AT_FDCWD-like special cases aside: 3, 3</path> with -y; -100 prints AT_FDCWD where `at`. */
void print_fd(struct call *c, int fd, bool at);
void print_pid(struct call *c, pid_t pid);
/* A string in memory with the limit of -s and "..." behind it; unreadable: the address. Paths have no limit but PATH_MAX. */
void print_string(struct call *c, uint64_t addr);
void print_path(struct call *c, uint64_t addr);
/* n bytes of memory as a quoted string, limited likewise. */
void print_buffer(struct call *c, uint64_t addr, uint64_t n);
/* [{iov_base="abc", iov_len=3}]: n of them; of their buffers as much as was transferred, or IOVEC_ALL. */
#define IOVEC_ALL UINT64_MAX
void print_iovec(struct call *c, uint64_t addr, uint64_t n, uint64_t transferred);
/* The same without the bytes: of buffers that were not filled, or are another process's. */
void print_iovec_addrs(struct call *c, uint64_t addr, uint64_t n);
/* O_RDONLY|O_CLOEXEC: the access mode is a number among the flags. */
void print_open_flags(struct call *c, uint64_t flags);
/* 0644, S_IFREG|0644 */
void print_mode(struct call *c, unsigned mode, bool with_type);
/* SIGCHLD, SIGRT_1, 0x... ; sets as [INT CHLD], ~[KILL], [] */
void print_signal(struct call *c, int sig);
void print_sigset(struct call *c, uint64_t addr, uint64_t size);
/* {tv_sec=1, tv_nsec=0} of the ABI's layout at addr; `usec`: tv_usec. 64: always 64-bit fields (time64 calls). */
void print_timespec(struct call *c, uint64_t addr, bool usec, bool time64);
/* makedev(0x8, 0x1) */
void print_dev(struct call *c, uint64_t dev);
/* {sa_family=AF_INET, ...} of len bytes at addr. */
void print_sockaddr(struct call *c, uint64_t addr, uint64_t len);
/* An array: calls one(c, address of element, ctx) for n elements of size bytes, with [a, b, ...], limited by -s when abbreviating
 * (0: no limit); stops with "..." and the address in a comment at unreadable memory. */
void print_array(struct call *c, uint64_t addr, uint64_t n, size_t size, bool limited,
		 bool (*one)(struct call *c, const void *element, void *ctx), void *ctx);
/* Size of a long and of a pointer in the call's ABI: 4 or 8; and reading one. */
size_t word_size(const struct call *c);
bool read_word(const struct call *c, uint64_t addr, uint64_t *value);
