/* SPDX-License-Identifier: GPL-2.0-only
 * The IR's text: what is written reads back and gives the same text; whatever is wrong in it is found, with its place.
 */
#include "unit.h"

#include "bpf/lang/ir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char whole[] =
	"ir 1 strsize 256\n"
	"option \"quiet\" \"\"\n"
	"option \"bufsize\" \"4\\x09\\\"\\\\k\"\n"
	"stack user 5 0\n"
	"ctype 1 int \"int\" 4 signed\n"
	"ctype 2 enum \"enum e\" 4 signed members 1\n"
	" member \"A\" 0 0 0 -3\n"
	"ctype 3 array \"int [2]\" 8 unsigned of 1 2\n"
	"ctype 4 struct \"struct p\" 16 unsigned members 3\n"
	" member \"x\" 1 0 0 0\n"
	" member \"f\" 1 35 4 0\n"
	" member \"a\" 3 64 0 0\n"
	"agg 0 \"\" count unsigned params 0 0 0 0 keys i4s string stack0 usym\n"
	"agg 1 \"l\" lquantize signed params -10 10 5 0 keys\n"
	"var 0 global \"x\" i8s keys\n"
	"var 1 self \"s\" string keys\n"
	"var 2 global \"a\" bytes16 keys string i1u\n"
	"clause 0 \"dtrace:::BEGIN\" line 3 regs 4\n"
	" slots string string 16\n"
	" action 0 printf \"%d %s\\n\" arg 0 types i4s string aggs line 4\n"
	" action 1 printa \"\" arg 0 types aggs 0 1 line 5\n"
	" action 2 print \"\" arg 0 types i8u bytes16/4 aggs line 5\n"
	" block 0\n"
	"  r0 = const -9223372036854775808 @3:0\n"
	"  br r0, b1, b2 @3:0\n"
	" block 1\n"
	"  r1 = ldvar 0 () @4:1 # \"x\"\n"
	"  r1 = ext.32s r1 @4:1\n"
	"  r1 = add r1, r0 @4:1\n"
	"  s0 = str \"a\\\"b\" @4:1\n"
	"  r2 = strcmp s0, s1 @4:1\n"
	"  s1 = call strjoin (s0, s1) @4:1\n"
	"  r3 = call strlen (s1) @4:1\n"
	"  call bcopy (r0, r1, r2) @4:1\n"
	"  s0 = call strtok (r0, s1) @4:1\n"
	"  r1 = builtin args, r0 @4:1\n"
	"  r1 = builtin pid, - @4:1\n"
	"  s0 = builtins execname @4:1\n"
	"  stvars 1, s0 () @4:1 # \"s\"\n"
	"  s2 = ldvars 2 (s0, r1) @4:1 # \"a\"\n"
	"  r1 = loads.16u s2, -, 4 @4:1\n"
	"  r1 = loads.8s s2, r1, 4 @4:1\n"
	"  s2 = stores.64u r1, r2, 8 @4:1\n"
	"  s0 = movs s2, -, 0, 16 @4:1\n"
	"  s2 = puts s0, -, 0, 8 @4:1\n"
	"  s0 = loadb r1, 0 @4:1\n"
	"  storeb s2, r1, 16 @4:1\n"
	"  agg 0, -, - (r1, s0, stack0, r2) @4:2 # \"\"\n"
	"  agg 1, r1, r2 () @4:2 # \"l\"\n"
	"  record 0 (r1, s0) @4:3\n"
	"  record 1 () @5:4\n"
	"  record 2 (r1, s2) @5:4\n"
	"  r3 = speculation @5:4\n"
	"  speculate r3 @5:4\n"
	"  host raise, r1 @5:4\n"
	"  exit r1 @5:4\n"
	"  jmp b2 @5:4\n"
	" block 2\n"
	"  ret @6:0\n"
	"end\n"
	"clause 1 \"END\" line 9 regs 0 default\n"
	" block 0\n"
	"  ret @9:0\n"
	"end\n";

static char *written(const struct ir_program *p)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	assert_int_equal(ir_write(f, p), 0);
	fclose(f);
	return text;
}

static void reads_what_it_writes(void **state)
{
	char error[200], *text;
	struct ir_program *p = ir_read(whole, strlen(whole), error, sizeof(error));

	(void)state;
	assert_string_equal(error, "");
	assert_non_null(p);
	assert_true(ir_check(p, error, sizeof(error)));
	text = written(p);
	assert_string_equal(text, whole);
	free(text);
	ir_free(p);
}

static void comments_and_blanks_do_not_matter(void **state)
{
	static const char text[] = "# a program\n\n  ir   1 strsize 16 # short\n\nclause 0 \"x\" line 1 regs 0\nblock 0\nret @1:0\n\nend\n\n";
	char error[200], *out;
	struct ir_program *p = ir_read(text, strlen(text), error, sizeof(error));

	(void)state;
	assert_string_equal(error, "");
	assert_non_null(p);
	out = written(p);
	assert_string_equal(out, "ir 1 strsize 16\nclause 0 \"x\" line 1 regs 0\n block 0\n  ret @1:0\nend\n");
	free(out);
	ir_free(p);
}

/* `whole` with its first `from` replaced by `to` must be refused with an error that has `why` in it. */
static void refuse(const char *from, const char *to, const char *why)
{
	char error[200];
	const char *at = strstr(whole, from);
	char *text;
	struct ir_program *p;

	if (!at)
		fail_msg("no such text: %s", from);
	if (asprintf(&text, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from)) < 0)
		abort();
	p = ir_read(text, strlen(text), error, sizeof(error));
	free(text);
	if (p)
		fail_msg("accepted: %s -> %s", from, to);
	if (!strstr(error, why))
		fail_msg("%s -> %s: \"%s\" does not say \"%s\"", from, to, error, why);
}

static void text_that_is_wrong(void **state)
{
	(void)state;
	refuse("ir 1", "ir 2", "line 1: version 2");
	refuse("ir 1", "IR 1", "no \"ir\"");
	refuse("strsize 256", "strsize 4294967296", "number over 4294967295");
	refuse("quiet\"", "quiet", "line 2: ");
	refuse("quiet", "qu\tiet", "not printable");
	refuse("\\x09", "\\x0", "hexadecimal");
	refuse("\\x09", "\\y", "escape");
	refuse("stack user 5 0", "stack mine 5 0", "line 4: no stack of this name");
	refuse("stack user 5 0", "stack user 5 0 0", "more than belongs");
	refuse("stack user 5 0\n", "stack user 5 0\nstack user 5 0\n", "line 5: the same stack twice");
	refuse("ctype 1", "ctype 2", "number 2 where 1");
	refuse("i4s", "j4s", "no type of this name");
	refuse("i4s", "i4x", "neither s nor u");
	refuse("i4s", "i10s", "number over 8");
	refuse("i4s", "i9s", "number over 8");
	refuse("@5:4\n  jmp", "\n  jmp", "no '@'");
	refuse("ext.32s", "ext.31s", "no such width");
	refuse("ext.32s", "ext", "no such width");
	refuse("= add", "= add.8s", "add has no width");
	refuse("add r1, r0", "add r1 r0", "no ','");
	refuse("r1 = add", "add", "the result of add");
	refuse("r1 = add", "s1 = add", "the result of add");
	refuse("call strlen", "call strlenn", "no function");
	refuse("r3 = call strlen", "s1 = call strlen", "the result of call");
	refuse("builtin pid", "builtin pids", "no built-in");
	refuse("host raise", "host rise", "no action");
	refuse("-9223372036854775808", "-9223372036854775809", "number over");
	refuse("regs 4", "regs 65536", "too many registers");
	refuse("slots string string 16", "slots string string 0", "slot of no size");
	refuse("end\nclause", "clause", "no instruction of this name");
	refuse("end\nclause", "end\nfoo", "line of no kind");
}

static void programs_that_are_wrong(void **state)
{
	(void)state;
	refuse("strsize 256", "strsize 7", "strsize 7");
	refuse("strsize 256", "strsize 4097", "strsize 4097");
	refuse("i4s string stack0", "i3s string stack0", "an integer of 3 bytes");
	refuse("string stack0", "string stack1", "stack 1 is not there");
	refuse("bytes16 keys", "bytes0 keys", "bytes of size 0");
	refuse("bytes16 keys", "bytes65537 keys", "bytes of size 65537");
	refuse("bytes16/4", "bytes16/5", "type 5 for print() is not there");
	refuse("bytes16/4", "bytes16/3", "has another size");
	refuse("\"x\" i8s keys", "\"x\" stack0 keys", "variable 0 cannot");
	refuse("keys string i1u", "keys string usym", "key of an array");
	refuse("var 2 global", "var 2 this", "variable 2 cannot");
	refuse("-10 10 5 0", "10 -10 5 0", "wrong parameters");
	refuse("-10 10 5 0", "-10 10 0 0", "wrong parameters");
	refuse("-10 10 5 0", "-9223372036854775808 9223372036854775807 1 0", "wrong parameters");
	refuse("of 1 2", "of 3 2", "array of a later one");
	refuse("of 1 2", "of 1 3", "is no array");
	refuse("\"x\" 1 0 0", "\"x\" 4 0 0", "member 0 is of a later type");
	refuse("\"x\" 1 0 0", "\"x\" 1 100 0", "member 0 does not fit");
	refuse("1 35 4", "1 31 4", "member 1 crosses its type");
	refuse("aggs 0 1", "aggs 0 2", "aggregation 2 is not there");
	refuse("br r0, b1, b2", "br r0, b0, b2", "a jump to block 0");
	refuse("br r0, b1, b2", "br r0, b1, b3", "a jump to block 3");
	refuse("  jmp b2 @5:4\n", "", "block without an end");
	refuse("r1 = add r1, r0 @4:1", "ret @4:1", "ret inside of a block");
	refuse("add r1, r0", "add r1, r4", "clause 0, block 1, instruction 2: operand b is 4");
	refuse("strcmp s0, s1", "strcmp s0, s3", "operand b is 3");
	refuse("strcmp s0, s1", "strcmp s0, s2", "s2 is no string");
	refuse("s0 = str ", "s2 = str ", "s2 is no string");
	refuse("ldvar 0 ()", "ldvar 3 ()", "variable 3 is not there");
	refuse("ldvar 0 ()", "ldvar 1 ()", "variable 1 is of another kind");
	refuse("ldvar 0 ()", "ldvar 0 (r1)", "1 arguments where 0 belong");
	refuse("s2 = ldvars 2", "s1 = ldvars 2", "variable 2 has another size");
	refuse("(s0, r1) @4:1 # \"a\"", "(r0, r1) @4:1", "an argument is no string");
	refuse("(s0, r1) @4:1 # \"a\"", "(s0, s1) @4:1", "an argument is no integer");
	refuse("strlen (s1)", "strlen ()", "0 arguments of strlen");
	refuse("strlen (s1)", "strlen (r1)", "argument 1 of strlen");
	refuse("strtok (r0, s1)", "strtok (s0, r1)", "argument 2 of strtok");
	refuse("r3 = call strlen (s1)", "r3 = call speculation ()", "function");
	refuse("builtin args, r0", "builtin args, -", "the index of args");
	refuse("builtin pid, -", "builtin pid, r0", "the index of pid");
	refuse("builtin pid, -", "builtin execname, -", "built-in variable");
	refuse("s2, -, 4", "s2, -, 15", "2 bytes at 15 of s2");
	refuse("s2, -, 4", "s0, -, 4", "s0 is a string");
	refuse("s2, -, 4", "s2, -, -1", "2 bytes at -1");
	refuse("movs s2, -, 0, 16", "movs s2, -, 0, 17", "17 bytes at 0");
	refuse("movs s2, -, 0, 16", "movs s1, -, 0, 16", "a part of a string");
	refuse("storeb s2, r1, 16", "storeb s2, r1, 17", "17 bytes of s2");
	refuse("loadb r1, 0", "loadb r1, 257", "257 bytes into s0");
	refuse("agg 0, -, -", "agg 0, r1, -", "operands of count");
	refuse("agg 0, -, -", "agg 2, -, -", "aggregation 2 is not there");
	refuse("stack0, r2)", "stack1, r2)", "an argument is no stack");
	refuse("record 1 ()", "record 3 ()", "action 3 is not there");
	refuse("record 2 (r1, s2)", "record 2 (r1, s0)", "has not 16 bytes");
	refuse("host raise, r1", "host raise, -", "without its argument");
	refuse("host raise, r1", "host clear, -", "action ");
	refuse(" block 0\n  ret @9:0\n", "", "has no block");
	refuse(" block 0\n  ret @9:0\n", " block 0\n", "a block that is empty");
}

static void buckets(void **state)
{
	struct ir_aggregation a = {.func = IR_AGG_QUANTIZE};

	(void)state;
	assert_int_equal(ir_agg_buckets(&a), 127);
	a = (struct ir_aggregation){.func = IR_AGG_LQUANTIZE, .param = {0, 100, 10}};
	assert_int_equal(ir_agg_buckets(&a), 12);
	a.param[1] = 105; /* the last, partial step belongs to the overflow */
	assert_int_equal(ir_agg_buckets(&a), 12);
	a = (struct ir_aggregation){.func = IR_AGG_LLQUANTIZE, .param = {10, 0, 2, 10}};
	assert_int_equal(ir_agg_buckets(&a), 2 + 9 * 3);
	a.param[3] = 20; /* 1..9, 10..95 by 5 (18), 100..950 by 50 (18) */
	assert_int_equal(ir_agg_buckets(&a), 2 + 9 + 18 + 18);
	a.param[3] = 15;
	assert_int_equal(ir_agg_buckets(&a), 0);
	a = (struct ir_aggregation){.func = IR_AGG_LLQUANTIZE, .param = {10, 0, 19, 10}};
	assert_int_equal(ir_agg_buckets(&a), 0);
	a = (struct ir_aggregation){.func = IR_AGG_LLQUANTIZE, .param = {1, 0, 2, 10}};
	assert_int_equal(ir_agg_buckets(&a), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_it_writes), cmocka_unit_test(comments_and_blanks_do_not_matter),
		cmocka_unit_test(text_that_is_wrong),	cmocka_unit_test(programs_that_are_wrong),
		cmocka_unit_test(buckets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
