/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym/unwind: tables made by hand, stacks made by hand, expressions.
 */
#include "unit.h"

#include "bpf/sym/unwind.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum { BASE = 0x1000, STACK = 0x7000, WORDS = 16 };

static uint64_t words[WORDS];

static bool read_words(void *ctx, uint64_t addr, void *buf, size_t n)
{
	(void)ctx;
	if (addr < STACK || addr - STACK > sizeof(words) || n > sizeof(words) - (addr - STACK))
		return false;
	memcpy(buf, (char *)words + (addr - STACK), n);
	return true;
}

static const struct unwind_memory memory = { read_words, NULL };

/* One CIE (rsp+8, return address at cfa-8; pointers absolute, 8 bytes) and one FDE for 0x1000..0x1100 with a program. */
static size_t table_of(uint8_t *buf, const uint8_t *program, size_t len, const char *augmentation)
{
	static const uint8_t initial[] = { 0x0c, 7, 8, 0x90, 1 };
	size_t n = 4, at;
	uint64_t start = BASE, size = 0x100;
	uint32_t v;

	memset(buf, 0, 512);
	n += 4; /* id 0 */
	buf[n++] = 1;
	strcpy((char *)buf + n, augmentation);
	n += strlen(augmentation) + 1;
	buf[n++] = 1;	 /* code alignment */
	buf[n++] = 0x78; /* data alignment -8 */
	buf[n++] = X86_PC;
	if (augmentation[0] == 'z')
		buf[n++] = 0;
	memcpy(buf + n, initial, sizeof(initial));
	n += sizeof(initial);
	v = (uint32_t)(n - 4);
	memcpy(buf, &v, 4);
	at = n;
	n += 4;
	v = (uint32_t)n;
	memcpy(buf + n, &v, 4);
	n += 4;
	memcpy(buf + n, &start, 8);
	memcpy(buf + n + 8, &size, 8);
	n += 16;
	if (augmentation[0] == 'z')
		buf[n++] = 0;
	memcpy(buf + n, program, len);
	n += len;
	v = (uint32_t)(n - at - 4);
	memcpy(buf + at, &v, 4);
	return n + 4;
}

static enum unwind_result run(const uint8_t *program, size_t len, uint64_t pc, struct unwind_regs *regs, const char *augmentation,
			      bool *signal)
{
	uint8_t buf[512];
	struct unwind_table t = { .machine = EM_X86_64, .frame = buf, .frame_addr = 0x9000 };

	t.frame_len = table_of(buf, program, len, augmentation);
	assert_int_equal(unwind_index(&t), 0);
	assert_int_equal(t.n, 1);
	enum unwind_result r = unwind_cfi(&t, pc, 0, &memory, regs, signal);
	free(t.index);
	return r;
}

static struct unwind_regs start(void)
{
	struct unwind_regs regs = { .machine = EM_X86_64 };

	for (unsigned i = 0; i < WORDS; i++)
		words[i] = 0x2000 + i;
	unwind_set(&regs, X86_RSP, STACK);
	unwind_set(&regs, X86_RBP, 0x55);
	unwind_set(&regs, X86_PC, BASE + 0x10);
	unwind_set(&regs, 3, 0x33);
	return regs;
}

static void rows(void **state)
{
	/* From 4 on a push of rbp: cfa rsp+16, rbp at cfa-16; from 8 on cfa rbp+16. */
	static const uint8_t program[] = { 0x44, 0x0e, 16, 0x86, 2, 0x44, 0x0d, 6 };
	struct unwind_regs regs = start();
	bool signal;

	(void)state;
	assert_int_equal(run(program, sizeof(program), BASE, &regs, "", &signal), UNWIND_OK);
	assert_int_equal(regs.r[X86_PC], 0x2000);
	assert_int_equal(regs.r[X86_RSP], STACK + 8);
	assert_int_equal(regs.r[X86_RBP], 0x55);
	assert_int_equal(regs.r[3], 0x33);
	assert_false(signal);
	regs = start();
	assert_int_equal(run(program, sizeof(program), BASE + 4, &regs, "z", &signal), UNWIND_OK);
	assert_int_equal(regs.r[X86_PC], 0x2001);
	assert_int_equal(regs.r[X86_RBP], 0x2000);
	assert_int_equal(regs.r[X86_RSP], STACK + 16);
	regs = start();
	unwind_set(&regs, X86_RBP, STACK + 32);
	assert_int_equal(run(program, sizeof(program), BASE + 0xff, &regs, "zS", &signal), UNWIND_OK);
	assert_int_equal(regs.r[X86_PC], 0x2005);
	assert_int_equal(regs.r[X86_RBP], 0x2004);
	assert_true(signal);
	/* Outside of the function nothing is known. */
	regs = start();
	assert_int_equal(run(program, sizeof(program), BASE + 0x100, &regs, "", &signal), UNWIND_FAIL);
	assert_int_equal(run(program, sizeof(program), BASE - 1, &regs, "", &signal), UNWIND_FAIL);
}

static void remembered_and_ends(void **state)
{
	static const uint8_t program[] = { 0x0a, 0x0e, 64, 0x0b, 0x44, 0x07, X86_PC };
	struct unwind_regs regs = start();
	bool signal;

	(void)state;
	assert_int_equal(run(program, sizeof(program), BASE, &regs, "", &signal), UNWIND_OK);
	assert_int_equal(regs.r[X86_RSP], STACK + 8);
	regs = start();
	assert_int_equal(run(program, sizeof(program), BASE + 4, &regs, "", &signal), UNWIND_END);
}

static void broken_programs(void **state)
{
	static const uint8_t pop_nothing[] = { 0x0b }, unknown[] = { 0x3f }, bad_cfa[] = { 0x0d, 50 };
	uint8_t push_much[40];
	struct unwind_regs regs = start();
	bool signal;

	(void)state;
	memset(push_much, 0x0a, sizeof(push_much));
	assert_int_equal(run(pop_nothing, 1, BASE, &regs, "", &signal), UNWIND_FAIL);
	assert_int_equal(run(unknown, 1, BASE, &regs, "", &signal), UNWIND_FAIL);
	assert_int_equal(run(push_much, sizeof(push_much), BASE, &regs, "", &signal), UNWIND_FAIL);
	assert_int_equal(run(bad_cfa, 2, BASE, &regs, "", &signal), UNWIND_FAIL);
	/* A stack that cannot be read. */
	unwind_set(&regs, X86_RSP, 8);
	assert_int_equal(run(bad_cfa, 0, BASE, &regs, "", &signal), UNWIND_FAIL);
}

static bool evaluate(const char *code, size_t len, uint64_t *value)
{
	struct unwind_regs regs = start();

	return unwind_expression((const uint8_t *)code, len, &regs, 0x100000, &memory, NULL, value);
}

static void expressions(void **state)
{
	uint64_t v = 0;

	(void)state;
	/* The rule of glibc's PLT: rsp + 8 + ((rip & 15) >= 11) << 3 */
	assert_true(evaluate("\x77\x08\x80\x00\x3f\x1a\x3b\x2a\x33\x24\x22", 11, &v));
	assert_int_equal(v, STACK + 8);
	assert_false(evaluate("\x70\x08", 2, &v)); /* rax is not known */
	assert_true(evaluate("\x77\x08\x3b\x3b\x2a\x33\x24\x22", 8, &v));
	assert_int_equal(v, STACK + 16);
	assert_true(evaluate("\x77\x08\x06", 3, &v));
	assert_int_equal(v, 0x2001);
	assert_true(evaluate("\x09\xff\x35\x1b", 4, &v)); /* -1 / 5 */
	assert_int_equal(v, 0);
	assert_true(evaluate("\x09\xf0\x32\x26", 4, &v)); /* -16 >> 2, and far */
	assert_true((int64_t)v == -4);
	assert_true(evaluate("\x09\xf0\x08\xff\x26", 5, &v));
	assert_true((int64_t)v == -1);
	assert_false(evaluate("\x31\x30\x1b", 3, &v)); /* 1 / 0 */
	assert_true(evaluate("\x0d\x00\x00\x00\x80\x40\x24\x09\xff\x1b", 10, &v)); /* INT64_MIN-like / -1 */
	assert_false(evaluate("\x2f\xfd\xff", 3, &v)); /* an endless loop */
	assert_false(evaluate("\x2f\x00\x01", 3, &v)); /* out of the code */
	assert_false(evaluate("\x12", 1, &v));
	assert_false(evaluate("\x13", 1, &v));
	assert_false(evaluate("", 0, &v));
	assert_true(evaluate("\x31\x32\x33\x17", 4, &v)); /* rot */
	assert_int_equal(v, 2);
	assert_false(evaluate("\xff", 1, &v));
}

static void frame_pointers(void **state)
{
	struct unwind_regs regs = start();

	(void)state;
	words[2] = STACK + 64;
	words[3] = 0x4242;
	unwind_set(&regs, X86_RBP, STACK + 16);
	assert_int_equal(unwind_frame_pointer(EM_X86_64, &memory, &regs), UNWIND_OK);
	assert_int_equal(regs.r[X86_PC], 0x4242);
	assert_int_equal(regs.r[X86_RSP], STACK + 32);
	assert_int_equal(regs.r[X86_RBP], STACK + 64);
	/* A chain that goes down is none. */
	words[8] = STACK + 8;
	assert_int_equal(unwind_frame_pointer(EM_X86_64, &memory, &regs), UNWIND_FAIL);
	unwind_set(&regs, X86_RBP, 0);
	assert_int_equal(unwind_frame_pointer(EM_X86_64, &memory, &regs), UNWIND_END);
}

static void arm_strips_signatures(void **state)
{
	struct unwind_regs regs = { .machine = EM_AARCH64 };

	(void)state;
	words[0] = 0;
	words[1] = 0x00ab000000401234;
	unwind_set(&regs, ARM_FP, STACK);
	unwind_set(&regs, ARM_SP, STACK);
	assert_int_equal(unwind_frame_pointer(EM_AARCH64, &memory, &regs), UNWIND_OK);
	assert_int_equal(regs.r[ARM_PC], 0x401234);
	/* Where the caller's stack pointer was, cannot be told. */
	assert_false(unwind_has(&regs, ARM_SP));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(remembered_and_ends),
		cmocka_unit_test(broken_programs),
		cmocka_unit_test(expressions),
		cmocka_unit_test(frame_pointers),
		cmocka_unit_test(arm_strips_signatures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
