/* SPDX-License-Identifier: GPL-2.0-only
 * Reads and builds the bytes that record.h describes. Who wrote them is not trusted: no length is believed before it is
 * compared with what is there.
 */
#include "record.h"

#include <string.h>

static size_t padded(size_t n)
{
	return (n + 7) & ~(size_t)7;
}

size_t rec_read(struct rec *r, const struct ir_program *p, const void *buf, size_t len)
{
	const unsigned char *bytes = buf;

	if (len < sizeof(r->head))
		return 0;
	memcpy(&r->head, bytes, sizeof(r->head));
	if (r->head.size < sizeof(r->head) || r->head.size > len || r->head.size > REC_SIZE_MAX || r->head.size % 8 != 0 ||
	    r->head.clause >= p->nclauses)
		return 0;
	r->p = bytes + sizeof(r->head);
	r->end = bytes + r->head.size;
	r->items = r->head.nitems;
	if (r->head.kind == REC_FAULT) {
		if (r->head.size != sizeof(r->head) + sizeof(r->fault) || r->items != 0)
			return 0;
		memcpy(&r->fault, r->p, sizeof(r->fault));
		if (r->fault.fault == IR_FAULT_NONE || r->fault.fault >= IR_FAULT_COUNT)
			return 0;
	} else if (r->head.kind != REC_DATA) {
		return 0;
	}
	return r->head.size;
}

int rec_next(struct rec *r, const struct ir_program *p, const struct ir_action **action, struct rec_values *values)
{
	struct rec_item item;

	if (r->items == 0)
		return 0;
	if ((size_t)(r->end - r->p) < sizeof(item))
		return -1;
	memcpy(&item, r->p, sizeof(item));
	r->p += sizeof(item);
	if (item.size > (size_t)(r->end - r->p) || item.size % 8 != 0 || item.action >= p->nactions)
		return -1;
	*action = &p->actions[item.action];
	rec_values(values, r->p, item.size, (*action)->ntypes ? p->keytypes + (*action)->types : NULL, (*action)->ntypes);
	r->p += item.size;
	r->items--;
	return 1;
}

void rec_values(struct rec_values *v, const void *buf, size_t len, const struct ir_type *types, uint32_t n)
{
	const unsigned char *bytes = buf;

	*v = (struct rec_values){.p = bytes, .end = bytes + len, .types = types, .n = n};
}

/* n bytes, aligned in memory as in the record */
static const unsigned char *take(struct rec_values *v, size_t n)
{
	const unsigned char *p = v->p;

	if (n > (size_t)(v->end - v->p))
		return NULL;
	v->p += n;
	return p;
}

static bool take_u64(struct rec_values *v, uint64_t *value)
{
	const unsigned char *p = take(v, sizeof(*value));

	if (p)
		memcpy(value, p, sizeof(*value));
	return p;
}

int rec_value(struct rec_values *v, struct rec_value *value)
{
	const unsigned char *p;
	uint64_t u;
	uint32_t len, pair[2];

	if (v->n == 0)
		return 0;
	*value = (struct rec_value){.type = *v->types};
	switch (value->type.kind) {
	case IR_INT:
		if (!take_u64(v, &u))
			return -1;
		value->i = (int64_t)u;
		break;
	case IR_STRING:
	case IR_BYTES:
		p = take(v, sizeof(len));
		if (!p)
			return -1;
		memcpy(&len, p, sizeof(len));
		if (len > REC_SIZE_MAX || (value->type.kind == IR_BYTES && len != value->type.size))
			return -1;
		value->p = take(v, padded(sizeof(len) + len) - sizeof(len));
		value->len = len;
		if (!value->p)
			return -1;
		break;
	case IR_STACK:
		p = take(v, sizeof(pair));
		if (!p)
			return -1;
		memcpy(pair, p, sizeof(pair));
		value->stack = pair[0];
		value->nframes = pair[1];
		if (pair[0] != value->type.size || pair[1] > REC_SIZE_MAX / 8 || !take_u64(v, &value->pid))
			return -1;
		p = take(v, (size_t)pair[1] * 8);
		if (!p)
			return -1;
		value->frames = (const uint64_t *)(const void *)p;
		break;
	case IR_SYM:
		if (!take_u64(v, &value->pid) || !take_u64(v, &u))
			return -1;
		value->i = (int64_t)u;
		break;
	}
	v->types++;
	v->n--;
	return 1;
}

static void put(struct rec_writer *w, const void *p, size_t n)
{
	size_t pad = padded(w->len + n) - w->len - n;

	if (w->full || n > w->max - w->len || pad > w->max - w->len - n) {
		w->full = true;
		return;
	}
	if (n)
		memcpy(w->buf + w->len, p, n);
	memset(w->buf + w->len + n, 0, pad);
	w->len += n + pad;
}

void rec_put_int(struct rec_writer *w, int64_t value)
{
	put(w, &value, sizeof(value));
}

void rec_put_bytes(struct rec_writer *w, const void *p, size_t len)
{
	uint32_t n = (uint32_t)len;
	size_t need = padded(sizeof(n) + len);

	if (w->full || len > REC_SIZE_MAX || need > w->max - w->len) {
		w->full = true;
		return;
	}
	memcpy(w->buf + w->len, &n, sizeof(n));
	memcpy(w->buf + w->len + sizeof(n), p, len);
	memset(w->buf + w->len + sizeof(n) + len, 0, need - sizeof(n) - len);
	w->len += need;
}

void rec_put_stack(struct rec_writer *w, uint32_t stack, uint64_t pid, const uint64_t *frames, uint32_t n)
{
	uint32_t pair[2] = {stack, n};

	put(w, pair, sizeof(pair));
	put(w, &pid, sizeof(pid));
	put(w, frames, (size_t)n * sizeof(*frames));
}

void rec_put_sym(struct rec_writer *w, uint64_t pid, uint64_t address)
{
	put(w, &pid, sizeof(pid));
	put(w, &address, sizeof(address));
}

size_t rec_put_item(struct rec_writer *w, uint32_t action)
{
	struct rec_item item = {.action = action};
	size_t at = w->len;

	put(w, &item, sizeof(item));
	return at;
}

void rec_item_done(struct rec_writer *w, size_t at)
{
	struct rec_item item;

	if (w->full)
		return;
	memcpy(&item, w->buf + at, sizeof(item));
	item.size = (uint32_t)(w->len - at - sizeof(item));
	memcpy(w->buf + at, &item, sizeof(item));
}
