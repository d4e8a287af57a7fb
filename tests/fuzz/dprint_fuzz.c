/* SPDX-License-Identifier: GPL-2.0-only
 * Records and format strings of any bytes are printed or refused. The input: a byte that says which action, a byte with
 * the length of a format, the format, and the bytes of the values; then the same bytes as records of their own.
 * system() and freopen() are not among the actions.
 */
#include "bpf/prov/prov.h"
#include "bpf/run/print.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
	"ir 1 strsize 64\nstack user 0 0\n"
	"agg 0 \"c\" count unsigned params 0 0 0 0 keys string i4s\n"
	"agg 1 \"q\" quantize signed params 0 0 0 0 keys string i4s\n"
	"clause 0 \"BEGIN\" line 1 regs 0\n"
	"action 0 trace \"\" arg 0 types i4s aggs line 1\n"
	"action 1 trace \"\" arg 0 types string aggs line 1\n"
	"action 2 trace \"\" arg 0 types bytes24 aggs line 1\n"
	"action 3 trace \"\" arg 0 types stack0 aggs line 1\n"
	"action 4 trace \"\" arg 0 types usym aggs line 1\n"
	"action 5 tracemem \"\" arg 0 types bytes24 i8u aggs line 1\n"
	"action 6 printf \"\" arg 0 types i8s string i1s i2u bytes24 stack0 usym i4u i8u string aggs line 1\n"
	"action 7 printa \"x\" arg 1 types aggs 0 1 line 1\n"
	"action 8 setopt \"\" arg 0 types string string aggs line 1\n"
	"action 9 normalize \"\" arg 0 types i8u aggs 0 line 1\n"
	"action 10 trunc \"\" arg 0 types i8s aggs 1 line 1\n"
	"block 0\nret @1:0\nend\n";
#define ACTIONS 11

static void fill(struct agg_store *s)
{
	uint64_t key[8];
	struct rec_writer w = { (unsigned char *)key, 0, sizeof key, false };

	rec_put_bytes(&w, "key\033[2J", 7);
	rec_put_int(&w, -5);
	agg_update(s, 0, key, (uint32_t)w.len, 0, 1);
	agg_update(s, 1, key, (uint32_t)w.len, INT64_MIN, 3);
	agg_update(s, 1, key, (uint32_t)w.len, INT64_MAX, -3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ir_program *program;
	static struct prov_set *probes;
	static FILE *null;
	char error[128];

	if (!program) {
		program = ir_read(text, sizeof text - 1, error, sizeof error);
		probes = prov_new();
		null = fopen("/dev/null", "w");
		if (!program || !probes || !null)
			abort();
	}
	if (size < 2)
		return 0;

	uint32_t action = data[0] % ACTIONS, string = program->actions[action].format;
	size_t format = data[1] < size - 2 ? data[1] : size - 2, values = size - 2 - format;
	const char *was = program->strings[string].p;
	uint32_t was_len = program->strings[string].len;
	struct rec_header head = { .kind = REC_DATA, .nitems = 1, .probe = 1, .epid = 1 };
	struct rec_item item = { .action = action, .size = (uint32_t)((values + 7) & ~(size_t)7) };
	struct options options;
	struct agg_store *aggs = agg_new(program, 1 << 20);
	unsigned char *record = calloc(1, sizeof head + sizeof item + item.size);
	char *copy = malloc(format + 1);

	options_init(&options);
	struct print_config config = { program, probes, &options, aggs, NULL, null, null };
	struct print *print = print_new(&config);

	if (!aggs || !record || !copy || !print)
		abort();
	fill(aggs);
	/* Not by way of ir_read, which would look at it: out_format trusts nobody. */
	memcpy(copy, data + 2, format);
	if (action == 6 || action == 7) {
		program->strings[string].p = copy;
		program->strings[string].len = (uint32_t)format;
	}
	head.size = (uint32_t)(sizeof head + sizeof item + item.size);
	memcpy(record, &head, sizeof head);
	memcpy(record + sizeof head, &item, sizeof item);
	memcpy(record + sizeof head + sizeof item, data + 2 + format, values);
	print_records(print, record, head.size);
	free(record);
	/* And any bytes as records. */
	record = malloc(size);
	if (!record)
		abort();
	memcpy(record, data, size);
	print_records(print, record, size);
	print_end(print);
	program->strings[string].p = was;
	program->strings[string].len = was_len;
	print_free(print);
	agg_free(aggs);
	options_free(&options);
	free(record);
	free(copy);
	return 0;
}
