/* SPDX-License-Identifier: GPL-2.0-only
 * Names for the addresses that programs recorded: ustack(), jstack(), usym() and the like. Processes are found in /proc while they
 * live (bpf/sym reads their files); what was named once keeps its name when its process has ended.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct usym;

/* number: the process that a record calls pid, as we number it; 0: there is none. hints: where to say, once a process, what
 * its machine-made code lacks; NULL: nowhere. NULL: no memory. */
struct usym *usym_new(pid_t (*number)(void *ctx, pid_t pid), void *ctx, FILE *hints);
void usym_free(struct usym *u);

enum usym_form {
	USYM_OFFSET,   /* module`function+0xN, as stacks and uaddr() have it */
	USYM_FUNCTION, /* module`function: usym() and ufunc() */
	USYM_MODULE,   /* umod() */
};

/* Writes the name of an address into buf, a stranger's bytes. is_return: the address is one behind a call. false: nothing is known;
 * then buf is empty. */
bool usym_name(struct usym *u, uint64_t pid, uint64_t address, bool is_return, enum usym_form form, char *buf, size_t size);

/* The address that stands for all of a function (USYM_FUNCTION: its first byte) or of a module (USYM_MODULE: where its file's first
 * byte is or would be), so that what is counted by usym() or umod() can be added up. Its name is kept. The address itself, if nothing
 * is known about it, and for USYM_OFFSET. */
uint64_t usym_start(struct usym *u, uint64_t pid, uint64_t address, enum usym_form form);

/* Names the frames of a stack now, and keeps the names: its process may not live until they are printed. */
void usym_note(struct usym *u, uint64_t pid, const uint64_t *frames, uint32_t n);
