/* SPDX-License-Identifier: GPL-2.0-only
 * DNS in one comment: see dns.h. Names are compressed by pointers to earlier ones; a pointer must
 * lead backwards and a name has at most 255 bytes, so that none goes on for ever.
 */
#include "dns.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

enum {
	HEAD = 12,
	LABEL_MAX = 63,
	NAME_MAX_LEN = 255,
	POINTER = 0xc0,
	QUESTIONS_MAX = 4,
	ANSWERS_SHOWN = 8,
	TYPE_A = 1,
	TYPE_NS = 2,
	TYPE_CNAME = 5,
	TYPE_PTR = 12,
	TYPE_MX = 15,
	TYPE_TXT = 16,
	TYPE_AAAA = 28,
	TYPE_SRV = 33,
	TYPE_DNAME = 39,
	CLASS_IN = 1,
};

struct reader {
	const unsigned char *bytes;
	size_t n, at;
	bool bad;
};

static unsigned get8(struct reader *r)
{
	if (r->at >= r->n) {
		r->bad = true;
		return 0;
	}
	return r->bytes[r->at++];
}

static unsigned get16(struct reader *r)
{
	unsigned high = get8(r);

	return high << 8 | get8(r);
}

static uint32_t get32(struct reader *r)
{
	uint32_t high = get16(r);

	return high << 16 | get16(r);
}

/* A label's bytes may be anything: what is no plain character becomes \ddd, as in zone files. */
static void print_label(struct out *o, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] > 0x20 && p[i] < 0x7f && !strchr(".\\\"*/", p[i]))
			out_putc(o, (char)p[i]);
		else if (p[i] == '*' && n == 1)
			out_putc(o, '*');
		else
			out_printf(o, "\\%03u", p[i]);
	}
	out_putc(o, '.');
}

/* Reads a name and, with `o`, prints it. */
static void name(struct reader *r, struct out *o)
{
	size_t at = r->at, lowest = r->at, total = 0;
	bool jumped = false, root = true;

	while (!r->bad) {
		if (at >= r->n) {
			r->bad = true;
			break;
		}
		unsigned len = r->bytes[at++];

		if ((len & POINTER) == POINTER) {
			if (at >= r->n) {
				r->bad = true;
				break;
			}
			size_t to = (size_t)(len & ~(unsigned)POINTER) << 8 | r->bytes[at++];

			if (!jumped)
				r->at = at;
			jumped = true;
			if (to >= lowest) {
				r->bad = true;
				break;
			}
			at = lowest = to;
			continue;
		}
		total += len + 1;
		if (len > LABEL_MAX || total > NAME_MAX_LEN || len > r->n - at) {
			r->bad = true;
			break;
		}
		if (!len)
			break;
		if (o)
			print_label(o, r->bytes + at, len);
		root = false;
		at += len;
	}
	if (!jumped)
		r->at = at;
	if (o && root && !r->bad)
		out_putc(o, '.');
}

static void print_type(struct out *o, unsigned type)
{
	static const struct {
		uint16_t type;
		const char *name;
	} names[] = {
		{ TYPE_A, "A" },     { TYPE_NS, "NS" },	  { TYPE_CNAME, "CNAME" },
		{ 6, "SOA" },	     { TYPE_PTR, "PTR" }, { 13, "HINFO" },
		{ TYPE_MX, "MX" },   { TYPE_TXT, "TXT" }, { TYPE_AAAA, "AAAA" },
		{ TYPE_SRV, "SRV" }, { 35, "NAPTR" },	  { TYPE_DNAME, "DNAME" },
		{ 41, "OPT" },	     { 43, "DS" },	  { 46, "RRSIG" },
		{ 47, "NSEC" },	     { 48, "DNSKEY" },	  { 50, "NSEC3" },
		{ 52, "TLSA" },	     { 64, "SVCB" },	  { 65, "HTTPS" },
		{ 251, "IXFR" },     { 252, "AXFR" },	  { 255, "ANY" },
		{ 257, "CAA" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].type == type) {
			out_puts(o, names[i].name);
			return;
		}
	}
	out_printf(o, "TYPE%u", type);
}

/* The data of an answer that is an address or a name; of others their length. */
static void print_rdata(struct reader *r, struct out *o, unsigned type, size_t len)
{
	char text[INET6_ADDRSTRLEN];
	struct reader in = { r->bytes, r->at + len, r->at, false };
	unsigned preference, port;

	switch (type) {
	case TYPE_A:
	case TYPE_AAAA:
		if (len != (type == TYPE_A ? 4u : 16u))
			break;
		inet_ntop(type == TYPE_A ? AF_INET : AF_INET6, r->bytes + r->at, text,
			  sizeof(text));
		out_puts(o, text);
		return;
	case TYPE_NS:
	case TYPE_CNAME:
	case TYPE_PTR:
	case TYPE_DNAME:
		name(&in, o);
		r->bad |= in.bad;
		return;
	case TYPE_MX:
		preference = get16(&in);
		out_printf(o, "%u ", preference);
		name(&in, o);
		r->bad |= in.bad;
		return;
	case TYPE_SRV:
		get32(&in);
		port = get16(&in);
		name(&in, o);
		out_printf(o, ":%u", port);
		r->bad |= in.bad;
		return;
	}
	out_printf(o, "(%zu bytes)", len);
}

static void print_answers(struct reader *r, struct out *o, unsigned n)
{
	for (unsigned i = 0; i < n && !r->bad; i++) {
		unsigned type, class;
		size_t len;

		if (i >= ANSWERS_SHOWN) {
			out_printf(o, ", ... %u more", n - i);
			return;
		}
		name(r, NULL);
		type = get16(r);
		class = get16(r);
		get32(r); /* the time to live */
		len = get16(r);
		if (r->bad || len > r->n - r->at) {
			r->bad = true;
			break;
		}
		out_puts(o, i ? ", " : ": ");
		print_type(o, type);
		if (class != CLASS_IN)
			out_printf(o, "/%u", class);
		out_putc(o, ' ');
		print_rdata(r, o, type, len);
		r->at += len;
	}
	if (r->bad)
		out_puts(o, " (cut)");
}

static void print_code(struct out *o, unsigned code)
{
	static const char *const codes[] = { "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
					     "NOTIMP",	"REFUSED", "YXDOMAIN", "YXRRSET",
					     "NXRRSET", "NOTAUTH", "NOTZONE" };

	if (code < sizeof(codes) / sizeof(codes[0]))
		out_puts(o, codes[code]);
	else
		out_printf(o, "RCODE%u", code);
}

void dns_print(struct out *o, const unsigned char *bytes, size_t n)
{
	static const char *const opcodes[] = {
		"query", "iquery", "status", NULL, "notify", "update"
	};
	struct reader r = { bytes, n, 0, false };
	size_t start = o->len;
	unsigned id, flags, questions, answers, opcode;

	id = get16(&r);
	flags = get16(&r);
	questions = get16(&r);
	answers = get16(&r);
	opcode = flags >> 11 & 15;
	/* Bit 6 of the flags is 0 in every message that there is. */
	if (n < HEAD || (flags & 0x40) || opcode >= sizeof(opcodes) / sizeof(opcodes[0]) ||
	    !opcodes[opcode] || questions > QUESTIONS_MAX)
		return;
	r.at = HEAD;
	out_printf(o, " /* DNS %#06x ", id);
	if (flags >> 15) {
		if (opcode)
			out_printf(o, "%s ", opcodes[opcode]);
		out_puts(o, "reply ");
		print_code(o, flags & 15);
	} else {
		out_puts(o, opcodes[opcode]);
	}
	for (unsigned i = 0; i < questions; i++) {
		struct reader ahead = r;
		unsigned type, class;

		/* The type stands behind the name, and is read first. */
		name(&ahead, NULL);
		type = get16(&ahead);
		class = get16(&ahead);
		if (ahead.bad) {
			out_cut(o, start);
			return;
		}
		out_puts(o, i ? ", " : " ");
		print_type(o, type);
		if (class != CLASS_IN)
			out_printf(o, "/%u", class);
		out_putc(o, ' ');
		name(&r, o);
		r = ahead;
	}
	if (flags >> 9 & 1)
		out_puts(o, " (truncated)");
	if (flags >> 15)
		print_answers(&r, o, answers);
	out_puts(o, " */");
}
