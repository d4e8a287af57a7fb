// SPDX-License-Identifier: GPL-2.0-only
/*
 * Carries the object of the fixed programs, which build/bpf.mk compiles. Its symbols are global because aarch64 finds local labels of
 * one section through one and the same GOT entry.
 */
#include "object.h"

__asm__(".section .rodata\n"
	".globl kern_object, kern_object_end\n"
	".balign 8\n"
	"kern_object: .incbin \"" BPF_OBJECT "\"\n"
	"kern_object_end:\n"
	".previous\n");
