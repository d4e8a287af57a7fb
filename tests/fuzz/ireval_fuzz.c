/* SPDX-License-Identifier: GPL-2.0-only
 * Two ways into the back half. Text that begins with "ir " is IR of a hostile compiler: ir_read takes it or says why not.
 * Anything else is a D script: what compiles must be written, read back and written again to the same bytes. Whatever
 * program comes of it, each clause is run, twice, and what it recorded and aggregated is read.
 */
#include "tests/unit/eval_env.h"

#include "bpf/lang/lang.h"
#include "bpf/prov/prov.h"
#include "bpf/run/agg.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CLAUSES_MAX 64 /* that are run */

static char *written(const struct ir_program *p)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f || ir_write(f, p) != 0 || fclose(f) != 0)
		abort();
	return text;
}

static struct ir_program *compiled(const uint8_t *data, size_t size)
{
	struct lang_options o = {.zdefs = true, .arg_ref = true, .default_args = true, .destructive = true, .strsize = 64};
	struct lang_source source = {.name = "fuzz", .text = (const char *)data, .len = size, .is_file = true};
	struct prov_set *probes = prov_new();
	struct d_error error;
	struct ir_program *p = probes ? lang_compile(&source, 1, &o, probes, &error) : NULL;

	prov_free(probes);
	return p;
}

static void round_trip(const struct ir_program *p)
{
	char error[300], *first = written(p), *second;
	struct ir_program *again = ir_read(first, strlen(first), error, sizeof(error));

	if (!again) {
		fprintf(stderr, "%s\n%s", error, first);
		abort();
	}
	second = written(again);
	if (strcmp(first, second) != 0)
		abort();
	free(first);
	free(second);
	ir_free(again);
}

static void read_records(const struct ir_program *p, const struct fake *f)
{
	for (size_t at = 0; at < f->len;) {
		const struct ir_action *action;
		struct rec r;
		struct rec_values v;
		struct rec_value value;
		size_t size = rec_read(&r, p, f->records + at, f->len - at);
		int got;

		if (size == 0)
			abort();
		while ((got = rec_next(&r, p, &action, &v)) == 1) {
			uint32_t n = 0;

			while ((got = rec_value(&v, &value)) == 1)
				n++;
			if (got != 0 || n != action->ntypes)
				abort();
		}
		if (got != 0)
			abort();
		at += size;
	}
}

static void run(const struct ir_program *p)
{
	struct fake f = {.tid = 7, .room = 1 << 20};
	struct eval_env env = fake_env(&f);
	struct eval_options o = {.dynvarsize = 4096, .nspec = 2, .destructive = true, .records_max = 65536};
	struct agg_store *aggs = agg_new(p, 1 << 18);
	struct eval *e = eval_new(p, &o, &env, aggs);
	struct eval_probe probe = {.id = 1, .provider = "dtrace", .module = "", .function = "", .name = "BEGIN",
				   .args = {FAKE_BASE, 4, FAKE_BASE + 8, ~0ull}, .time_ns = 1000, .walltime_ns = 2000};
	struct eval_enabling enabling[CLAUSES_MAX];
	uint32_t n = p->nclauses < CLAUSES_MAX ? p->nclauses : CLAUSES_MAX;
	struct agg_sort sort = {0};

	memcpy(f.memory, "some text\0more", 14);
	if (!aggs)
		abort();
	for (uint32_t i = 0; i < n; i++)
		enabling[i] = (struct eval_enabling){i, i + 1};
	if (e) { /* variables may be too large for it */
		eval_set_error(e, 3, enabling, n < 2 ? n : 2);
		for (int turn = 0; turn < 2; turn++) {
			f.tid += turn;
			eval_fire(e, &probe, enabling, n);
		}
		read_records(p, &f);
		for (uint32_t a = 0; a < p->naggs; a++) {
			struct agg_row *rows;
			ssize_t count = agg_rows(aggs, &a, 1, &sort, &rows);

			for (ssize_t i = 0; i < count; i++)
				agg_number(aggs, rows[i].entries[0]);
			free(rows);
			agg_normalize(aggs, a, -1);
			agg_trunc(aggs, a, -1);
			agg_clear(aggs, a);
		}
	}
	eval_free(e);
	agg_free(aggs);
	free(f.records);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[300] = "";
	struct ir_program *p;

	if (size > 3 && memcmp(data, "ir ", 3) == 0) {
		p = ir_read((const char *)data, size, error, sizeof(error));
		if (!p && !error[0])
			abort();
	} else {
		p = compiled(data, size);
	}
	if (!p)
		return 0;
	if (!ir_check(p, error, sizeof(error)))
		abort();
	round_trip(p);
	run(p);
	ir_free(p);
	return 0;
}
