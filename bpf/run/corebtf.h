/* SPDX-License-Identifier: GPL-2.0-only
 * As much of the kernel's type information as relocation needs. libbpf reads all of /sys/kernel/btf/vmlinux, millions of bytes, into
 * memory to find the few structs that the fixed programs name: this takes several milliseconds and more memory than all else. Here
 * the file is read once, in small pieces, and what has a name that the programs use is written into a BTF of some kilobytes.
 *
 * Format: Documentation/bpf/btf.rst, linux/btf.h.
 */
#pragma once

#include <stddef.h>

/* Writes to `out` what the BTF in file `kernel` has of the names in the BTF `local` (size bytes, of a program, which is trusted): structs,
 * unions and enumerations by name, with those of their members and enumerators that have a name in local as well. A name's flavour,
 * what stands behind ___, does not count. 0 or negative errno: EBADMSG if the kernel's is not as it should be. */
int corebtf_write(int kernel, const void *local, size_t size, int out);
