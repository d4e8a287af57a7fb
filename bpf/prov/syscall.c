/* SPDX-License-Identifier: GPL-2.0-only
 * The calls of `syscall` and `lx-syscall`, for the machine that this is compiled for.
 */
#include "tables.h"

#include "toolbox/lib/base.h"

#if defined(__x86_64__)
#define NUMBER(x86_64, aarch64) x86_64
#elif defined(__aarch64__)
#define NUMBER(x86_64, aarch64) aarch64
#else
#error "no numbers of system calls for this machine"
#endif

#define SYSCALL(name, x86_64, aarch64, ...) static const char *const args_##name[] = { __VA_ARGS__ };
#define SYSCALL0(name, x86_64, aarch64)
#include "syscalls.def"
#undef SYSCALL
#undef SYSCALL0

const struct prov_call prov_calls[] = {
#define SYSCALL(name, x86_64, aarch64, ...) { #name, NUMBER(x86_64, aarch64), args_##name, countof(args_##name) },
#define SYSCALL0(name, x86_64, aarch64) { #name, NUMBER(x86_64, aarch64), NULL, 0 },
#include "syscalls.def"
#undef SYSCALL
#undef SYSCALL0
};

const unsigned prov_ncalls = countof(prov_calls);

const struct prov_compat prov_compat[] = {
#if defined(__x86_64__)
#define COMPAT(name, number) { #name, number },
#include "compat.def"
#undef COMPAT
#endif
	{ 0 },
};
