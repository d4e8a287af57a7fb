/* SPDX-License-Identifier: GPL-2.0-only
 * IR_AGG: an element of a per-CPU hash, made at its first value:
 *
 *	key = generation, parts
 *	v = lookup(map, key)
 *	if (!v) { update(map, key, zeros, NOEXIST); v = lookup(map, key); if (!v) { send value and key, or drop } }
 *	v->count++ ...
 *
 * One without keys has its values in an array, which is found without being hashed, and is always there:
 *
 *	v = lookup(map, generation & 1)
 *
 * A value is { count, sum } and so on, see gen_agg_value; v stays in r0. An interrupt's firing may come between a load and its store
 * on the same CPU: where that can be one of the same aggregation, atomic additions are used.
 */
#include "code.h"

/* v[word] += register s, or 1 (s < 0) */
static void add(struct code *k, int word, int s)
{
	if (k->g->agg_shared[k->i->imm]) {
		if (s < 0) {
			code_set(k, 1, 1);
			s = 1;
		}
		code_put(k, (struct bpf_insn){.code = BPF_STX | BPF_ATOMIC | BPF_DW, .dst_reg = 0, .src_reg = (uint8_t)(s & 15),
					      .off = (int16_t)(word * 8), .imm = BPF_ADD});
		return;
	}
	code_load(k, 8, 2, 0, word * 8);
	if (s < 0)
		code_alu_imm(k, BPF_ADD, 2, 1);
	else
		code_alu(k, BPF_ADD, 2, s);
	code_store(k, 8, 0, word * 8, 2);
}

static void value_to(struct code *k, int d, uint16_t reg)
{
	if (reg == IR_NONE)
		code_set(k, d, 1);
	else
		regs_to(k, d, reg);
}

/* if (v->count == 0 || value < v->extreme) v->extreme = value */
static void extreme(struct code *k, bool lowest)
{
	label store = code_label(k), keep = code_label(k);

	value_to(k, 1, k->i->a);
	code_load(k, 8, 2, 0, 0);
	code_jump_if_imm(k, BPF_JEQ, 2, 0, store);
	code_load(k, 8, 2, 0, 8);
	code_jump_if(k, lowest ? BPF_JSGE : BPF_JSLE, 1, 2, keep);
	code_here(k, store);
	code_store(k, 8, 0, 8, 1);
	code_here(k, keep);
}

/* v->squares += value * value, 128 bits; the high word of the square waits in frame.word[0]:
 *	r1 = value * value; squares[0] += r1; squares[1] += high + (squares[0] < r1)	*/
static void add_square(struct code *k)
{
	label no_carry = code_label(k);

	value_to(k, 1, k->i->a);
	code_alu(k, BPF_MUL, 1, 1);
	code_load_at(k, 8, 3, IN_FRAME(word[0]));
	code_load(k, 8, 2, 0, 16);
	code_alu(k, BPF_ADD, 2, 1);
	code_store(k, 8, 0, 16, 2);
	code_jump_if(k, BPF_JGE, 2, 1, no_carry);
	code_alu_imm(k, BPF_ADD, 3, 1);
	code_here(k, no_carry);
	code_load(k, 8, 2, 0, 24);
	code_alu(k, BPF_ADD, 2, 3);
	code_store(k, 8, 0, 24, 2);
}

/* v->buckets[word[0]] += weight */
static void add_bucket(struct code *k, uint32_t chunk)
{
	label out = code_label(k);

	add(k, 0, -1);
	code_load_at(k, 8, 3, IN_FRAME(word[0]));
	code_jump_if_imm(k, BPF_JGE, 3, chunk, out);
	code_alu_imm(k, BPF_LSH, 3, 3);
	code_alu(k, BPF_ADD, 0, 3);
	if (k->i->b == IR_NONE) {
		add(k, 1, -1);
	} else {
		regs_to(k, 1, k->i->b);
		add(k, 1, 1);
	}
	code_here(k, out);
}

/* What a library function says of the value goes to frame.word[0], before the lookup; a bucket's chunk into the key. */
static void prepare(struct code *k, const struct ir_aggregation *a, const struct gen_agg *ga)
{
	switch (a->func) {
	case IR_AGG_STDDEV:
		value_to(k, 1, k->i->a);
		code_function(k, LINK_square_high);
		break;
	case IR_AGG_QUANTIZE:
		value_to(k, 1, k->i->a);
		code_function(k, LINK_quantize);
		break;
	case IR_AGG_LQUANTIZE:
		value_to(k, 1, k->i->a);
		code_set(k, 2, a->param[0]);
		code_set(k, 3, a->param[2]);
		code_set(k, 4, (int64_t)ir_agg_buckets(a) - 1);
		code_function(k, LINK_lquantize);
		break;
	case IR_AGG_LLQUANTIZE:
		value_to(k, 1, k->i->a);
		for (int n = 0; n < 4; n++)
			code_set(k, 2 + n, a->param[n]);
		code_function(k, LINK_llquantize);
		break;
	default:
		return;
	}
	if (ga->chunk && ir_agg_buckets(a) > ga->chunk) { /* chunk is a power of two then */
		code_alu(k, BPF_MOV, 1, 0);
		code_alu_imm(k, BPF_AND, 0, ga->chunk - 1);
		code_alu_imm(k, BPF_DIV, 1, ga->chunk);
		code_store_at(k, 8, k->g->key_at + ga->key_size - 8, 1);
	}
	code_alu(k, BPF_MOV, 1, 0);
	code_store_at(k, 8, IN_FRAME(word[0]), 1);
}

static void find(struct code *k)
{
	code_address(k, 2, k->g->key_at);
	code_map(k, 1, GEN_AGG, (uint32_t)k->i->imm);
	code_helper(k, BPF_FUNC_map_lookup_elem);
}

#define OVERFLOW(member) (k->g->key_at - (uint32_t)(sizeof(struct ring_aggregation) - offsetof(struct ring_aggregation, member)))

/* There is no element and none could be made: the value goes through the ring buffer. */
static void overflow(struct code *k, uint32_t key_size, label done)
{
	code_store_imm_at(k, 4, OVERFLOW(head.kind), RING_AGGREGATION);
	code_store_imm_at(k, 4, OVERFLOW(head.spec), (int32_t)k->i->imm);
	value_to(k, 1, k->i->a);
	code_store_at(k, 8, OVERFLOW(value), 1);
	value_to(k, 1, k->i->b);
	code_store_at(k, 8, OVERFLOW(weight), 1);
	code_map(k, 1, GEN_RING, 0);
	code_address(k, 2, OVERFLOW(head));
	code_set(k, 3, (int64_t)sizeof(struct ring_aggregation) + key_size);
	code_set(k, 4, BPF_RB_NO_WAKEUP);
	code_helper(k, BPF_FUNC_ringbuf_output);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, done);
	code_drop(k, KDROP_AGGREGATION);
	code_jump(k, done);
}

/* r0 = the value, or a jump to done. */
static void find_value(struct code *k, const struct gen_agg *ga, label done)
{
	label found = code_label(k);

	find(k);
	if (ga->is_single) {
		code_jump_if_imm(k, BPF_JEQ, 0, 0, done);
		return;
	}
	code_jump_if_imm(k, BPF_JNE, 0, 0, found);
	code_address(k, 2, k->g->key_at);
	code_map(k, 1, GEN_AGG, (uint32_t)k->i->imm);
	code_map_value(k, 3, GEN_ZEROS, 0);
	code_set(k, 4, BPF_NOEXIST);
	code_helper(k, BPF_FUNC_map_update_elem);
	find(k);
	code_jump_if_imm(k, BPF_JNE, 0, 0, found);
	overflow(k, ga->key_size, done);
	code_here(k, found);
}

void step_agg(struct code *k)
{
	const struct gen *g = k->g;
	const struct ir_ins *i = k->i;
	const struct ir_aggregation *a = &g->p->aggs[i->imm];
	const struct gen_agg *ga = &g->aggs[i->imm];
	label done = code_label(k);

	code_map_value(k, 1, GEN_CONFIG, offsetof(struct config, generation));
	code_load(k, 8, 1, 1, 0);
	if (ga->is_single)
		code_alu_imm(k, BPF_AND, 1, 1);
	code_store_at(k, 8, g->key_at, 1);
	key_write(k, g->key_at, ga->parts, ga->nparts, args_from(g->p, i->args), types_from(g->p, a->keys));
	prepare(k, a, ga);
	find_value(k, ga, done);
	switch (a->func) {
	case IR_AGG_COUNT:
		break;
	case IR_AGG_STDDEV:
		add_square(k);
		value_to(k, 1, i->a);
		add(k, 1, 1);
		break;
	case IR_AGG_SUM:
	case IR_AGG_AVG:
		value_to(k, 1, i->a);
		add(k, 1, 1);
		break;
	case IR_AGG_MIN:
	case IR_AGG_MAX:
		extreme(k, a->func == IR_AGG_MIN);
		break;
	default:
		add_bucket(k, ga->chunk);
		code_here(k, done);
		return;
	}
	add(k, 0, -1);
	code_here(k, done);
}
