/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run: what records and aggregations look like when they are printed, from bytes written here.
 */
#include "unit.h"

#include "bpf/prov/prov.h"
#include "bpf/run/out.h"
#include "bpf/run/print.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A program with one clause, printing to memory. */
struct fixture {
	struct ir_program *p;
	struct prov_set *probes;
	struct options options;
	struct agg_store *aggs;
	struct print *print;
	FILE *out, *err;
	char *text, *errors;
	size_t size, errsize;
	uint64_t bytes[16384];
	struct rec_writer w;
	size_t at;
};

static void setup(struct fixture *f, const char *aggs, const char *actions)
{
	char error[200], *text;

	memset(f, 0, sizeof *f);
	if (asprintf(&text,
		     "ir 1 strsize 256\nstack user 0 0\n%sclause 0 \"BEGIN\" line 1 regs 0\n%sblock 0\nret @1:0\nend\n",
		     aggs, actions) < 0)
		abort();
	f->p = ir_read(text, strlen(text), error, sizeof error);
	if (!f->p)
		fail_msg("%s", error);
	free(text);
	f->probes = prov_new();
	options_init(&f->options);
	f->aggs = agg_new(f->p, 1 << 20);
	f->out = open_memstream(&f->text, &f->size);
	f->err = open_memstream(&f->errors, &f->errsize);
	f->print = print_new(&(struct print_config){ f->p, f->probes, &f->options, f->aggs, NULL, f->out, f->err });
	f->w = (struct rec_writer){ (unsigned char *)f->bytes, 0, sizeof f->bytes, false };
}

static void done(struct fixture *f)
{
	print_free(f->print);
	fclose(f->out);
	fclose(f->err);
	free(f->text);
	free(f->errors);
	agg_free(f->aggs);
	options_free(&f->options);
	prov_free(f->probes);
	ir_free(f->p);
}

static void begin(struct fixture *f, uint32_t probe, uint16_t nitems)
{
	struct rec_header h = { .kind = REC_DATA, .nitems = nitems, .probe = probe, .epid = 1 };

	f->at = f->w.len;
	memcpy(f->w.buf + f->at, &h, sizeof h);
	f->w.len += sizeof h;
}

static void end(struct fixture *f)
{
	uint32_t size = (uint32_t)(f->w.len - f->at);

	memcpy(f->w.buf + f->at, &size, sizeof size);
}

static void expect(struct fixture *f, const char *want)
{
	fflush(f->out);
	if (strcmp(f->text, want) != 0)
		fail_msg("wanted:\n%s\ngot:\n%s", want, f->text);
}

static void printed(struct fixture *f)
{
	assert_false(f->w.full);
	assert_int_equal(print_records(f->print, f->bytes, f->w.len), 0);
	f->w.len = 0;
}

/* One record of BEGIN with one item: action 0 with what the caller has put behind `item`. */
static size_t item;
static void one(struct fixture *f)
{
	begin(f, 1, 1);
	item = rec_put_item(&f->w, 0);
}
static void print_one(struct fixture *f)
{
	rec_item_done(&f->w, item);
	end(f);
	printed(f);
}

static void default_action_has_the_three_columns(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, "", "");
	begin(&f, 1, 0);
	end(&f);
	begin(&f, 2, 0);
	end(&f);
	printed(&f);
	expect(&f, "CPU     ID                    FUNCTION:NAME\n"
		   "  0      1                           :BEGIN \n"
		   "  0      2                             :END \n");
	done(&f);
	setup(&f, "", "");
	f.options.value[OPT_QUIET] = 1;
	begin(&f, 1, 0);
	end(&f);
	printed(&f);
	expect(&f, "");
	done(&f);
}

#define LINE "CPU     ID                    FUNCTION:NAME\n  0      1                           :BEGIN "

static void traced(const char *type, int64_t value, const char *want, const char *quiet)
{
	char action[100];
	struct fixture f;

	for (int q = 0; q < 2; q++) {
		snprintf(action, sizeof action, "action 0 trace \"\" arg 0 types %s aggs line 1\n", type);
		setup(&f, "", action);
		f.options.value[OPT_QUIET] = q;
		one(&f);
		rec_put_int(&f.w, value);
		print_one(&f);
		expect(&f, q ? quiet : want);
		done(&f);
	}
}

static void integers_have_columns_by_size(void **state)
{
	(void)state;
	traced("i1s", -5, LINE "  -5\n", "-5");
	traced("i2s", 300, LINE "   300\n", "300");
	traced("i4s", -70000, LINE "   -70000\n", "-70000");
	traced("i4u", 4294967295, LINE " 4294967295\n", "4294967295");
	traced("i8s", INT64_MIN, LINE " -9223372036854775808\n", "-9223372036854775808");
	traced("i8u", -1, LINE " 18446744073709551615\n", "18446744073709551615");
	traced("i8s", 7, LINE "                7\n", "7");
}

static void strings_are_padded_and_safe(void **state)
{
	static const char *const action = "action 0 trace \"\" arg 0 types string aggs line 1\n";
	struct fixture f;

	(void)state;
	setup(&f, "", action);
	one(&f);
	rec_put_bytes(&f.w, "hello, world", 12);
	print_one(&f);
	expect(&f, LINE "  hello, world                     \n");
	done(&f);
	setup(&f, "", action);
	one(&f);
	rec_put_bytes(&f.w, "a\nb", 3); /* white space is text, but makes no line of its own */
	print_one(&f);
	expect(&f, LINE "  a\\012b                           \n");
	done(&f);
	setup(&f, "", action);
	one(&f);
	rec_put_bytes(&f.w, "", 0);
	print_one(&f);
	expect(&f, LINE "                                   \n");
	done(&f);
	setup(&f, "", action);
	one(&f);
	rec_put_bytes(&f.w, "\033[2J", 4);
	print_one(&f);
	expect(&f, LINE "\n"
			"             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n"
			"         0: 1b 5b 32 4a                                      .[2J\n\n");
	done(&f);
}

static void tracemem_dumps_what_counts(void **state)
{
	static const char *const head =
		LINE "\n             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef\n";
	static const struct {
		int64_t count;
		const char *rows;
	} cases[] = {
		{ 18, "         0: 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop\n        10: 71 72"
		      "                                            qr\n\n" },
		{ 16, "         0: 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop\n\n" },
		{ 1, "         0: 61                                               a\n\n" },
		{ 0, "\n" },
		{ 99, "         0: 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop\n        10: 71 72"
		      "                                            qr\n\n" },
	};
	struct fixture f;
	char want[1000];

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		setup(&f, "", "action 0 tracemem \"\" arg 0 types bytes18 i8u aggs line 1\n");
		one(&f);
		rec_put_bytes(&f.w, "abcdefghijklmnopqr", 18);
		rec_put_int(&f.w, cases[i].count);
		print_one(&f);
		snprintf(want, sizeof want, "%s%s", head, cases[i].rows);
		expect(&f, want);
		done(&f);
	}
}

/* printf: format, types, and (value, value2) or a string */
static void formatted(const char *format, const char *type, int64_t value, const char *want)
{
	char action[300];
	struct fixture f;

	snprintf(action, sizeof action, "action 0 printf \"%s\" arg 0 types %s aggs line 1\n", format, type);
	setup(&f, "", action);
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	rec_put_int(&f.w, value);
	print_one(&f);
	expect(&f, want);
	done(&f);
}

static void formatted_string(const char *format, const char *value, size_t len, bool raw, const char *want)
{
	char action[300];
	struct fixture f;

	snprintf(action, sizeof action, "action 0 printf \"%s\" arg 0 types string aggs line 1\n", format);
	setup(&f, "", action);
	f.options.value[OPT_QUIET] = 1;
	f.options.value[OPT_RAWBYTES] = raw;
	one(&f);
	rec_put_bytes(&f.w, value, len);
	print_one(&f);
	expect(&f, want);
	done(&f);
}

static void conversions_of_numbers(void **state)
{
	(void)state;
	formatted("<%d>", "i4s", -1, "<-1>");
	formatted("<%d>", "i4u", 4294967295, "<4294967295>");
	formatted("<%i>", "i8s", INT64_MIN, "<-9223372036854775808>");
	formatted("<%u>", "i4s", -1, "<4294967295>");
	formatted("<%u>", "i1s", -1, "<255>");
	formatted("<%x>", "i2s", -1, "<ffff>");
	formatted("<%X>", "i8s", -1, "<FFFFFFFFFFFFFFFF>");
	formatted("<%#x>", "i4s", 255, "<0xff>");
	formatted("<%o>", "i4s", 8, "<10>");
	formatted("<%hd>", "i4s", 65537, "<1>");
	formatted("<%hhx>", "i4s", 0x1ff, "<ff>");
	formatted("<%lld>", "i4s", -3, "<-3>");
	formatted("<%5d>", "i4s", 42, "<   42>");
	formatted("<%-5d>", "i4s", 42, "<42   >");
	formatted("<%05d>", "i4s", -42, "<-0042>");
	formatted("<%+d>", "i4s", 42, "<+42>");
	formatted("<% d>", "i4s", 42, "< 42>");
	formatted("<%.3d>", "i4s", 7, "<007>");
	formatted("<%6.3d>", "i4s", 7, "<   007>");
	formatted("<%p>", "i8u", 0x7ffd, "<7ffd>");
	formatted("<%a>", "i8u", 0x7ffd, "<0x7ffd>");
	formatted("<%A>", "i8u", 0, "<0x0>");
	formatted("<%c>", "i1s", 'x', "<x>");
	formatted("<%c>", "i4s", '\n', "<\n>");
	formatted("<%c>", "i4s", 27, "<\\033>");
	formatted("<%3c>", "i1s", 'x', "<  x>");
	formatted("<%C>", "i1s", '\n', "<\\n>");
	formatted("<%C>", "i1s", 1, "<\\001>");
	formatted("<%C>", "i1s", 'q', "<q>");
	formatted("<%wc>", "i4s", 0x20ac, "<\342\202\254>");
	formatted("100%%", "", 0, "100%");
}

static void dates(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	formatted("<%Y>", "i8s", 1795232700000000000, "<2026 Nov 21 03:45:00>");
	formatted("<%T>", "i8s", 1795232700000000000, "<Sat, 21 Nov 2026 03:45:00 +0000>");
	formatted("<%Y>", "i8s", 0, "<1970 Jan  1 00:00:00>");
	formatted("<%Y>", "i8s", -1, "<1969 Dec 31 23:59:59>");
	formatted("<%25Y>", "i8s", 0, "<     1970 Jan  1 00:00:00>");
}

static void conversions_of_strings(void **state)
{
	(void)state;
	formatted_string("<%s>", "abc", 3, false, "<abc>");
	formatted_string("<%5s>", "abc", 3, false, "<  abc>");
	formatted_string("<%-5s>", "abc", 3, false, "<abc  >");
	formatted_string("<%.2s>", "abc", 3, false, "<ab>");
	formatted_string("<%s>", "a\0b", 3, false, "<a>");
	formatted_string("<%s>", "\033[2J\n", 5, false, "<\\033[2J\\012>");
	formatted_string("<%s>", "\033[2J\n", 5, true, "<\033[2J\n>");
	formatted_string("<%5s>", "\xc3\xa4", 2, false, "<    \xc3\xa4>"); /* columns, not bytes */
	formatted_string("<%S>", "a\n\t\"\\\001", 6, false, "<a\\n\\t\\\"\\\\\\001>");
	formatted_string("<%S>", "a\n\t\"\\\001", 6, true, "<a\\n\\t\\\"\\\\\\001>");
	formatted_string("<%8S>", "a\n", 2, false, "<     a\\n>");
}

static void widths_from_arguments(void **state)
{
	static const struct {
		int64_t width;
		const char *want;
	} cases[] = { { 5, "<    7>" }, { -5, "<7    >" }, { 0, "<7>" } };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		setup(&f, "", "action 0 printf \"<%*d>\" arg 0 types i4s i4s aggs line 1\n");
		f.options.value[OPT_QUIET] = 1;
		one(&f);
		rec_put_int(&f.w, cases[i].width);
		rec_put_int(&f.w, 7);
		print_one(&f);
		expect(&f, cases[i].want);
		done(&f);
	}
	/* a width from a traced value must not print without bound */
	setup(&f, "", "action 0 printf \"%*d\" arg 0 types i8s i4s aggs line 1\n");
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	rec_put_int(&f.w, INT64_MAX);
	rec_put_int(&f.w, 7);
	print_one(&f);
	fflush(f.out);
	assert_int_equal(f.size, 4096);
	done(&f);
}

static void keyed(struct fixture *f, uint32_t agg, const char *name, int64_t pid, int64_t value, int64_t weight)
{
	uint64_t key[64];
	struct rec_writer w = { (unsigned char *)key, 0, sizeof key, false };

	if (name)
		rec_put_bytes(&w, name, strlen(name));
	if (name && pid >= 0)
		rec_put_int(&w, pid);
	assert_true(agg_update(f->aggs, agg, key, (uint32_t)w.len, value, weight));
}

static const char aggs[] = "agg 0 \"c\" count unsigned params 0 0 0 0 keys\n"
			   "agg 1 \"s\" sum signed params 0 0 0 0 keys string i4s\n"
			   "agg 2 \"m\" max signed params 0 0 0 0 keys string i4s\n";

static void aggregations_at_the_end(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, aggs, "");
	keyed(&f, 0, NULL, 0, 0, 1);
	keyed(&f, 1, "sshd", 100, 5, 1);
	keyed(&f, 1, "bash", 3, -7, 1);
	keyed(&f, 1, "awk", 4, 5, 1);
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n"
		   "                1\n"
		   "  bash                                                      3               -7\n"
		   "  awk                                                       4                5\n"
		   "  sshd                                                    100                5\n");
	done(&f);
}

static void sorting_options(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, aggs, "");
	f.options.value[OPT_AGGSORTKEY] = 1;
	f.options.value[OPT_AGGSORTREV] = 1;
	keyed(&f, 1, "b", 1, 1, 1);
	keyed(&f, 1, "a", 2, 9, 1);
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n"
		   "  b                                                         1                1\n"
		   "  a                                                         2                9\n");
	done(&f);
}

static void printa_with_and_without_format(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, aggs, "action 0 printa \"\" arg 0 types aggs 1 line 1\n");
	keyed(&f, 1, "b", 1, 1, 1);
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	print_one(&f);
	expect(&f, "\n  b                                                         1                1\n");
	assert_int_equal(print_end(f.print), 0); /* and not again */
	expect(&f, "\n  b                                                         1                1\n\n");
	done(&f);
	setup(&f, aggs, "action 0 printa \"%-4s|%d|%@5d|%@x\\n\" arg 1 types aggs 1 2 line 1\n");
	f.options.value[OPT_QUIET] = 1;
	keyed(&f, 1, "b", 1, 1, 1);
	keyed(&f, 2, "b", 1, 255, 1);
	keyed(&f, 2, "a", 1, 16, 1);
	one(&f);
	print_one(&f);
	expect(&f, "a   |1|    0|10\nb   |1|    1|ff\n");
	done(&f);
}

static void histograms(void **state)
{
	static const char *const head = "\n\n           value  ------------- Distribution ------------- count    \n";
	char want[4000];
	struct fixture f;

	(void)state;
	setup(&f, "agg 0 \"q\" quantize signed params 0 0 0 0 keys\n", "");
	keyed(&f, 0, NULL, 0, 3, 1);
	keyed(&f, 0, NULL, 0, 2, 1);
	keyed(&f, 0, NULL, 0, 0, 2);
	assert_int_equal(print_end(f.print), 0);
	snprintf(want, sizeof want, "%s%s", head,
		 "              -1 |                                         0        \n"
		 "               0 |@@@@@@@@@@@@@@@@@@@@                     2        \n"
		 "               1 |                                         0        \n"
		 "               2 |@@@@@@@@@@@@@@@@@@@@                     2        \n"
		 "               4 |                                         0        \n\n");
	expect(&f, want);
	done(&f);

	setup(&f, "agg 0 \"l\" lquantize signed params 0 10 5 0 keys\n", "");
	keyed(&f, 0, NULL, 0, -1, 1);
	keyed(&f, 0, NULL, 0, 7, 3);
	assert_int_equal(print_end(f.print), 0);
	snprintf(want, sizeof want, "%s%s", head,
		 "             < 0 |@@@@@@@@@@                               1        \n"
		 "               0 |                                         0        \n"
		 "               5 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           3        \n"
		 "           >= 10 |                                         0        \n\n");
	expect(&f, want);
	done(&f);

	setup(&f, "agg 0 \"ll\" llquantize signed params 10 0 1 10 keys\n", "");
	keyed(&f, 0, NULL, 0, 0, 1);
	keyed(&f, 0, NULL, 0, 200, 1);
	assert_int_equal(print_end(f.print), 0);
	fflush(f.out);
	assert_non_null(strstr(f.text, "\n             < 1 |@@@@@@@@@@@@@@@@@@@@                     1        \n"));
	assert_non_null(strstr(f.text, "\n              90 |                                         0        \n"
				       "          >= 100 |@@@@@@@@@@@@@@@@@@@@                     1        \n"));
	done(&f);
}

static void negative_weights_turn_bars(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, "agg 0 \"q\" quantize signed params 0 0 0 0 keys\n", "");
	keyed(&f, 0, NULL, 0, 1, 1);
	keyed(&f, 0, NULL, 0, 2, -1);
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n\n           value  ------------- Distribution ------------- count    \n"
		   "               0                     |                     0        \n"
		   "               1                     |@@@@@@@@@@           1        \n"
		   "               2           @@@@@@@@@@|                     -1       \n"
		   "               4                     |                     0        \n\n");
	done(&f);
}

static void flow_indents(void **state)
{
	struct fixture f;
	uint32_t entry = 1000,
		 back = 1001; /* syscall read, in the kernel's numbers of x86_64; any call will do elsewhere */

	(void)state;
	setup(&f, "", "");
	f.options.value[OPT_FLOWINDENT] = 1;
	while (!prov_by_id(f.probes, entry))
		entry++;
	back = entry + 1;
	const char *name = prov_by_id(f.probes, entry)->function;
	char want[1000];

	begin(&f, 1, 0);
	end(&f);
	for (int i = 0; i < 2; i++) { /* two clauses of the same probe */
		begin(&f, entry, 0);
		end(&f);
	}
	for (int i = 0; i < 2; i++) {
		begin(&f, back, 0);
		end(&f);
	}
	printed(&f);
	char first[64], second[64], third[64], fourth[64];
	snprintf(first, sizeof first, " => %s", name);
	snprintf(second, sizeof second, "   | %s:entry", name);
	snprintf(third, sizeof third, "   | %s:return", name);
	snprintf(fourth, sizeof fourth, " <= %s", name);
	snprintf(want, sizeof want,
		 "CPU FUNCTION                                 \n  0 %-41s \n  0 %-41s \n  0 %-41s \n  0 %-41s \n  0 "
		 "%-41s \n",
		 " | :BEGIN", first, second, third, fourth);
	expect(&f, want);
	done(&f);
}

static const uint64_t frames[] = { 0x401000, 0x7ffff7dd0010 };

static void stacks_are_indented(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, "", "action 0 ustack \"\" arg 0 types stack0 aggs line 1\n");
	one(&f);
	rec_put_stack(&f.w, 0, 7, frames, 2);
	print_one(&f);
	expect(&f, LINE "\n              0x401000\n              0x7ffff7dd0010\n\n");
	done(&f);
	setup(&f, "", "action 0 ustack \"\" arg 0 types stack0 aggs line 1\n");
	f.options.value[OPT_STACKINDENT] = 3;
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	rec_put_stack(&f.w, 0, 7, frames, 1);
	print_one(&f);
	expect(&f, "\n   0x401000\n");
	done(&f);
	/* %k: the width is the indentation */
	setup(&f, "", "action 0 printf \"<%k|%4k>\" arg 0 types stack0 stack0 aggs line 1\n");
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	rec_put_stack(&f.w, 0, 7, frames, 2);
	rec_put_stack(&f.w, 0, 7, frames, 1);
	print_one(&f);
	expect(&f, "<\n0x401000\n0x7ffff7dd0010\n|\n    0x401000\n>");
	done(&f);
}

static void a_stack_in_a_key_has_its_own_lines(void **state)
{
	struct fixture f;
	uint64_t key[16];
	struct rec_writer w = { (unsigned char *)key, 0, sizeof key, false };

	(void)state;
	setup(&f, "agg 0 \"s\" count unsigned params 0 0 0 0 keys string stack0\n", "");
	rec_put_bytes(&w, "node", 4);
	rec_put_stack(&w, 0, 7, frames, 2);
	assert_true(agg_update(f.aggs, 0, key, (uint32_t)w.len, 0, 1));
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n"
		   "  node                                              \n"
		   "              0x401000\n"
		   "              0x7ffff7dd0010\n"
		   "                1\n");
	done(&f);
}

static void faults_are_told(void **state)
{
	struct fixture f;
	struct rec_header h = { .kind = REC_FAULT, .probe = 1, .epid = 4, .size = sizeof h + sizeof(struct rec_fault) };
	struct rec_fault fault = { .fault = IR_FAULT_BADADDR, .action = 2, .offset = 16, .address = 0 };

	(void)state;
	setup(&f, "", "");
	memcpy(f.w.buf, &h, sizeof h);
	memcpy(f.w.buf + sizeof h, &fault, sizeof fault);
	f.w.len = h.size;
	printed(&f);
	fault = (struct rec_fault){ .fault = IR_FAULT_DIVZERO, .action = 0, .offset = UINT64_MAX };
	memcpy(f.w.buf, &h, sizeof h);
	memcpy(f.w.buf + sizeof h, &fault, sizeof fault);
	f.w.len = h.size;
	printed(&f);
	fflush(f.err);
	assert_string_equal(
		f.errors, "dtrace: error on enabled probe ID 4 (ID 1: dtrace:::BEGIN): invalid address (0x0) in action "
			  "#2 at DIF offset 16\n"
			  "dtrace: error on enabled probe ID 4 (ID 1: dtrace:::BEGIN): divide-by-zero in predicate\n");
	assert_int_equal(print_faults(f.print), 2);
	expect(&f, "");
	done(&f);
}

static void wrong_bytes_are_no_record(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, "", "action 0 trace \"\" arg 0 types i4s aggs line 1\n");
	one(&f);
	rec_item_done(&f.w, item);
	end(&f);
	assert_int_equal(print_records(f.print, f.bytes, f.w.len), -1); /* the value is missing */
	assert_int_equal(errno, EBADMSG);
	f.w.len = 0;
	begin(&f, 9, 0); /* no such probe */
	end(&f);
	assert_int_equal(print_records(f.print, f.bytes, f.w.len), -1);
	assert_int_equal(print_records(f.print, f.bytes, 5), -1);
	done(&f);
}

static void actions_on_aggregations(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, aggs, "action 0 normalize \"\" arg 0 types i8u aggs 1 line 1\n");
	keyed(&f, 1, "b", 1, 100, 1);
	one(&f);
	rec_put_int(&f.w, 3);
	f.options.value[OPT_QUIET] = 1;
	print_one(&f);
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n  b                                                         1               33\n");
	done(&f);
	setup(&f, aggs, "action 0 trunc \"\" arg 0 types i8s aggs 1 line 1\n");
	keyed(&f, 1, "b", 1, 100, 1);
	keyed(&f, 1, "c", 1, 200, 1);
	one(&f);
	rec_put_int(&f.w, 1);
	f.options.value[OPT_QUIET] = 1;
	print_one(&f);
	assert_int_equal(print_end(f.print), 0);
	expect(&f, "\n  c                                                         1              200\n");
	done(&f);
}

static void setopt_changes_what_follows(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, "", "action 0 setopt \"\" arg 0 types string string aggs line 1\n");
	f.options.value[OPT_QUIET] = 1;
	one(&f);
	rec_put_bytes(&f.w, "quiet", 5);
	rec_put_bytes(&f.w, "no", 2);
	print_one(&f);
	assert_int_equal(f.options.value[OPT_QUIET], 0);
	one(&f);
	rec_put_bytes(&f.w, "strsize", 7);
	rec_put_bytes(&f.w, "9", 1);
	rec_item_done(&f.w, item);
	end(&f);
	assert_int_equal(print_records(f.print, f.bytes, f.w.len), -1);
	assert_int_equal(errno, EINVAL);
	fflush(f.err);
	assert_string_equal(f.errors,
			    "dtrace: failed to set option 'strsize' to '9': Option cannot be set while tracing\n");
	done(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_action_has_the_three_columns),
		cmocka_unit_test(integers_have_columns_by_size),
		cmocka_unit_test(strings_are_padded_and_safe),
		cmocka_unit_test(tracemem_dumps_what_counts),
		cmocka_unit_test(conversions_of_numbers),
		cmocka_unit_test(dates),
		cmocka_unit_test(conversions_of_strings),
		cmocka_unit_test(widths_from_arguments),
		cmocka_unit_test(aggregations_at_the_end),
		cmocka_unit_test(sorting_options),
		cmocka_unit_test(printa_with_and_without_format),
		cmocka_unit_test(histograms),
		cmocka_unit_test(negative_weights_turn_bars),
		cmocka_unit_test(flow_indents),
		cmocka_unit_test(stacks_are_indented),
		cmocka_unit_test(a_stack_in_a_key_has_its_own_lines),
		cmocka_unit_test(faults_are_told),
		cmocka_unit_test(wrong_bytes_are_no_record),
		cmocka_unit_test(actions_on_aggregations),
		cmocka_unit_test(setopt_changes_what_follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
