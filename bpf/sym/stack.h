/* SPDX-License-Identifier: GPL-2.0-only
 * The stack of a thread, and the names of what is on it: what this room is for.
 *
 *   sym_open  a process: what is mapped there
 *   sym_load  reads all tables in advance, so that sym_walk reads nothing but the stack
 *   sym_walk  registers and memory to addresses
 *   sym_name  an address to a file, a function, and how far in it is
 */
#pragma once

#include "maps.h"
#include "unwind.h"

struct sym_process;

/* mem is how memory of the process is read; it may change between walks. 0 or -errno (of /proc/PID/maps). */
int sym_open(struct sym_process **p, pid_t tid, const struct unwind_memory *mem);
void sym_close(struct sym_process *p);

/* What is mapped has changed. 0 or -errno. */
int sym_refresh(struct sym_process *p);
void sym_load(struct sym_process *p);
const struct maps *sym_maps(const struct sym_process *p);

struct sym_frame {
	uint64_t pc;
	bool is_return; /* behind a call: the caller stands at pc - 1 */
	bool signal;	/* the frame below was a signal handler's */
	bool guessed;	/* no table and no frame pointer led here: a word on the stack that looks like a return address */
};

/* The machine of the code at an address: of i386 programs not that of this one. */
uint16_t sym_machine_at(struct sym_process *p, uint64_t pc);

enum sym_end { SYM_OUTERMOST, SYM_NO_WAY, SYM_FULL };

/* That of this program; i386 programs on x86_64 are known as well. */
extern const uint16_t sym_machine;

/* Walks up from regs; the first frame is regs itself. guess: where tables and frame pointers end, look for return
 * addresses. Returns the number of frames. */
size_t sym_walk(struct sym_process *p, const struct unwind_memory *mem, struct unwind_regs regs, bool guess,
		struct sym_frame *frames, size_t max, enum sym_end *end);

/* Whether memory there is a file's on FUSE or a network: to read it may be to wait for somebody. */
bool sym_waits(const struct sym_process *p, uint64_t addr);

struct sym_place {
	const char *path;     /* of the mapping, or of the perf map that has the name; "": none. Good until sym_refresh */
	bool made;	      /* code that a virtual machine made: no file holds it */
	uint64_t offset;      /* in the file, as mapped */
	const char *name;     /* NULL: not known; as the linker knows it. Good until the next sym_ call */
	uint64_t name_offset; /* pc behind its first byte */
	const uint8_t *id;    /* build id */
	size_t id_len;
};

/* false: nothing is mapped there. Of code that was made while the program runs the name is that of the process's perf map, which
 * is read again when it has none. */
bool sym_name(struct sym_process *p, const struct sym_frame *f, struct sym_place *place);

/* The run time address of a variable of the file that has such a symbol and is Go's; false: none. */
bool sym_go_variable(struct sym_process *p, const char *name, uint64_t *addr);

/* Without symbols: where variables may be that a function of Go's own table uses; at most max. Returns how many. */
size_t sym_go_suspects(struct sym_process *p, const char *function, uint64_t *addr, size_t max);
