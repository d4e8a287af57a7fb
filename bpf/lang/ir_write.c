/* SPDX-License-Identifier: GPL-2.0-only
 * The IR as text: one thing a line, words and numbers with single blanks between, strings in quotes. ir_read.c reads it.
 *
 *	ir 1 strsize 256
 *	option "quiet" ""
 *	stack user 5 0
 *	ctype 1 int "int" 4 signed
 *	ctype 2 struct "struct p" 8 members 2
 *	 member "x" 1 0 0 0			name, type, bit offset, bit width, value
 *	agg 0 "a" count unsigned params 0 0 0 0 keys i4s string
 *	var 0 global "x" i8s keys string
 *	clause 0 "dtrace:::BEGIN" line 3 regs 4 [default]
 *	 slots string 16
 *	 action 0 printf "%d" arg 0 types i4s aggs line 4
 *	 block 0
 *	  r1 = const 5 @4:1				@line:statement
 *	  r2 = call strlen (s0) @4:1
 *	end
 *
 * A type is i4s (integer, bytes, signed or u), string, bytes16, stack0, or usym and its like; /N behind it names the ctype
 * for print(). A comment reaches from # to the end of its line and says what a number names.
 */
#include "ir.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "ir_ops.h"

static void put_string(FILE *out, const struct ir_program *p, uint32_t i)
{
	const unsigned char *s = (const unsigned char *)p->strings[i].p;

	fputc('"', out);
	for (uint32_t n = 0; n < p->strings[i].len; n++) {
		if (s[n] == '"' || s[n] == '\\')
			fprintf(out, "\\%c", s[n]);
		else if (s[n] == '\n')
			fputs("\\n", out);
		else if (s[n] < 0x20 || s[n] >= 0x7f)
			fprintf(out, "\\x%02x", s[n]);
		else
			fputc(s[n], out);
	}
	fputc('"', out);
}

static void put_type(FILE *out, const struct ir_type *t)
{
	switch (t->kind) {
	case IR_INT:
		fprintf(out, " i%" PRIu32 "%c", t->size, t->is_signed ? 's' : 'u');
		break;
	case IR_STRING:
		fputs(" string", out);
		break;
	case IR_BYTES:
		fprintf(out, " bytes%" PRIu32, t->size);
		break;
	case IR_STACK:
		fprintf(out, " stack%" PRIu32, t->size);
		break;
	case IR_SYM:
		fprintf(out, " %s", ir_action_names[t->size]);
		break;
	}
	if (t->ctype)
		fprintf(out, "/%" PRIu32, t->ctype);
}

static void put_types(FILE *out, const struct ir_program *p, uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		put_type(out, &p->keytypes[first + i]);
}

static void put_ctype(FILE *out, const struct ir_program *p, uint32_t i)
{
	const struct ir_ctype *t = &p->ctypes[i];

	fprintf(out, "ctype %" PRIu32 " %s ", i, ir_ctype_names[t->kind]);
	put_string(out, p, t->name);
	fprintf(out, " %" PRIu32 " %s", t->size, t->is_signed ? "signed" : "unsigned");
	if (t->kind == IR_C_ARRAY)
		fprintf(out, " of %" PRIu32 " %" PRIu32, t->base, t->count);
	if (t->nmembers)
		fprintf(out, " members %" PRIu32, t->nmembers);
	fputc('\n', out);
	for (uint32_t m = 0; m < t->nmembers; m++) {
		const struct ir_cmember *f = &p->cmembers[t->members + m];

		fputs(" member ", out);
		put_string(out, p, f->name);
		fprintf(out, " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRId64 "\n", f->type, f->bit_offset, f->bit_width, f->value);
	}
}

static void put_tables(FILE *out, const struct ir_program *p)
{
	fprintf(out, "ir %d strsize %" PRIu32 "\n", IR_VERSION, p->strsize);
	for (uint32_t i = 0; i < p->options.n; i++) {
		fputs("option ", out);
		put_string(out, p, p->options.set[i].name);
		fputc(' ', out);
		put_string(out, p, p->options.set[i].value);
		fputc('\n', out);
	}
	for (uint32_t i = 0; i < p->nstacks; i++)
		fprintf(out, "stack %s %" PRIu32 " %" PRIu32 "\n", ir_stack_names[p->stacks[i].kind], p->stacks[i].frames,
			p->stacks[i].strsize);
	for (uint32_t i = 1; i < p->nctypes; i++)
		put_ctype(out, p, i);
	for (uint32_t i = 0; i < p->naggs; i++) {
		const struct ir_aggregation *a = &p->aggs[i];

		fprintf(out, "agg %" PRIu32 " ", i);
		put_string(out, p, a->name);
		fprintf(out, " %s %s params %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " keys", ir_aggfunc_names[a->func],
			a->is_signed ? "signed" : "unsigned", a->param[0], a->param[1], a->param[2], a->param[3]);
		put_types(out, p, a->keys, a->nkeys);
		fputc('\n', out);
	}
	for (uint32_t i = 0; i < p->nvars; i++) {
		const struct ir_var *v = &p->vars[i];

		fprintf(out, "var %" PRIu32 " %s ", i, ir_scope_names[v->scope]);
		put_string(out, p, v->name);
		put_type(out, &v->type);
		fputs(" keys", out);
		put_types(out, p, v->keys, v->nkeys);
		fputc('\n', out);
	}
}

static void put_operand(FILE *out, char kind, uint16_t n, const char **between)
{
	if (kind == '-')
		return;
	if (kind == 'R' && n == IR_NONE)
		fprintf(out, "%s-", *between);
	else
		fprintf(out, "%s%c%u", *between, kind == 's' ? 's' : 'r', n);
	*between = ", ";
}

static void put_imm(FILE *out, const struct ir_program *p, char kind, int64_t imm, const char **between)
{
	if (kind == '-')
		return;
	fputs(*between, out);
	*between = ", ";
	switch (kind) {
	case 't':
		put_string(out, p, (uint32_t)imm);
		break;
	case 'f':
		fputs(ir_func_names[imm], out);
		break;
	case 'u':
		fputs(ir_builtin_names[imm], out);
		break;
	case 'h':
		fputs(ir_action_names[imm], out);
		break;
	case 'b':
		fprintf(out, "b%" PRId64, imm);
		break;
	default:
		fprintf(out, "%" PRId64, imm);
	}
}

/* `imm` first where it says what the instruction is about, so that a line reads as call strlen (s0), stvar 0, r1. */
static void put_ins(FILE *out, const struct ir_program *p, const struct ir_ins *i)
{
	const struct ir_shape *s = &ir_shapes[i->op];
	const char *between = " ";
	bool first = strchr("vgfuch", s->imm) != NULL;

	fputs("  ", out);
	if (s->d == '*' ? i->d != IR_NONE : s->d != '-')
		fprintf(out, "%c%u = ",
			s->d == '*' ? (ir_func_signature((unsigned)i->imm).result == 's' ? 's' : 'r') : s->d, i->d);
	fputs(s->name, out);
	if (s->width)
		fprintf(out, ".%u%c", i->width * 8u, i->is_signed ? 's' : 'u');
	if (first)
		put_imm(out, p, s->imm, i->imm, &between);
	put_operand(out, s->a, i->a, &between);
	put_operand(out, s->b, i->b, &between);
	if (!first)
		put_imm(out, p, s->imm, i->imm, &between);
	put_imm(out, p, s->imm2, i->imm2, &between);
	if (s->args) {
		fputs(" (", out);
		for (uint32_t a = 0; a < i->nargs; a++) {
			const struct ir_arg *arg = &p->args[i->args + a];

			fprintf(out, "%s%s%u", a ? ", " : "",
				arg->kind == IR_ARG_SLOT ? "s" : arg->kind == IR_ARG_STACK ? "stack" : "r", arg->n);
		}
		fputc(')', out);
	}
	fprintf(out, " @%" PRIu32 ":%" PRIu32, i->line, i->stmt);
	if (s->imm == 'v' || s->imm == 'g') {
		fputs(" # ", out);
		put_string(out, p, s->imm == 'v' ? p->vars[i->imm].name : p->aggs[i->imm].name);
	}
	fputc('\n', out);
}

static void put_clause(FILE *out, const struct ir_program *p, uint32_t n)
{
	const struct ir_clause *c = &p->clauses[n];

	fprintf(out, "clause %" PRIu32 " ", n);
	put_string(out, p, c->probes);
	fprintf(out, " line %" PRIu32 " regs %u%s\n", c->line, c->nregs, c->is_default ? " default" : "");
	if (c->nslots) {
		fputs(" slots", out);
		for (uint32_t i = 0; i < c->nslots; i++) {
			uint32_t size = p->slotsizes[c->slot_sizes + i];

			if (size)
				fprintf(out, " %" PRIu32, size);
			else
				fputs(" string", out);
		}
		fputc('\n', out);
	}
	for (uint32_t i = 0; i < c->nactions; i++) {
		const struct ir_action *a = &p->actions[c->actions + i];

		fprintf(out, " action %" PRIu32 " %s ", i, ir_action_names[a->kind]);
		put_string(out, p, a->format);
		fprintf(out, " arg %" PRId64 " types", a->arg);
		put_types(out, p, a->types, a->ntypes);
		fputs(" aggs", out);
		for (uint32_t g = 0; g < a->naggs; g++)
			fprintf(out, " %" PRIu32, p->agg_refs[a->aggs + g]);
		fprintf(out, " line %" PRIu32 "\n", a->line);
	}
	for (uint32_t b = 0; b < c->nblocks; b++) {
		const struct ir_block *k = &p->blocks[c->blocks + b];

		fprintf(out, " block %" PRIu32 "\n", b);
		for (uint32_t i = 0; i < k->count; i++)
			put_ins(out, p, &p->ins[k->first + i]);
	}
	fputs("end\n", out);
}

int ir_write(FILE *out, const struct ir_program *p)
{
	put_tables(out, p);
	for (uint32_t i = 0; i < p->nclauses; i++)
		put_clause(out, p, i);
	if (fflush(out) != 0 || ferror(out)) {
		if (errno == 0)
			errno = EIO;
		return -1;
	}
	return 0;
}
