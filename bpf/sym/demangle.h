/* SPDX-License-Identifier: GPL-2.0-only
 * Names as programmers wrote them: C++ (Itanium ABI), Rust (legacy and v0).
 */
#pragma once

#include <stddef.h>

/* The longest name that is looked at, and the longest that comes of it: what is beyond is cut with "...". */
enum { DEMANGLE_IN_MAX = 4096, DEMANGLE_OUT_MAX = 1024 };

/* Writes the name into buf, demangled or, where it is not mangled (or broken), as it is; always NUL-terminated. The version
 * of a symbol (@GLIBC_2.2) is left out. With params, a C++ function has its parameter types. */
void demangle(const char *name, char *buf, size_t size, int params);
