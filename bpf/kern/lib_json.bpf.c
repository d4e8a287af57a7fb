/* SPDX-License-Identifier: GPL-2.0-only
 * json() of D, with the answers of bpf/lang/eval_json.c, which says what they are. A place in the text is an offset in the element;
 * 0 is none. The brackets that are open stand in the library's own slot: a mask with 1 for '{', and how many there are.
 */
#include "lib_in.h"

#define DEPTH_MAX 64

/* What lies in the slot, 8 bytes each. */
#define OPEN  (TEXT)
#define DEPTH (TEXT + 8)
#define MODE  (TEXT + 16)
#define LEFT  (TEXT + 24) /* IN_OBJECT: bytes of the name at `path`; IN_ARRAY: elements to be passed by */
enum { AT_PART, IN_OBJECT, IN_ARRAY };

/* The place behind white space. */
INLINE u64 json_space(u64 element, u64 at)
{
	return at + lib_class(element, at, ~(BIT(' ') | BIT('\t') | BIT('\r') | BIT('\n')), ~UINT64_C(0), 1);
}

/* In a string, behind its first quote or behind an escape: the place behind the string | DONE, or behind the next escape. */
GLOBAL u64 lib_json_string_step(u64 element, u64 at)
{
	char *e = lib_element(element);
	const char *p = spot(e, at);

	if (!p)
		return DONE;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, quote, backslash, marks;

		HIDE(i);
		word = load(p + i);
		quote = word ^ '"' * EACH_BYTE;
		backslash = word ^ '\\' * EACH_BYTE;
		/* as zero_byte(): of several the first is sure */
		marks = ((word - EACH_BYTE) & ~word) | ((quote - EACH_BYTE) & ~quote) | ((backslash - EACH_BYTE) & ~backslash);
		marks &= EACH_BYTE << 7;
		if (marks) {
			at += i + index_of_zero(marks & -marks);
			break;
		}
	}
	p = spot(e, at);
	if (!p || !p[0])
		return DONE;
	if (p[0] == '"')
		return (at + 1) | DONE;
	return p[1] ? at + 2 : DONE;
}

/* The place behind the string that begins at `at` (a quote). */
GLOBAL u64 lib_json_string(u64 element, u64 at)
{
	at++;
	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		at = lib_json_string_step(element, at);
		if (at & DONE)
			break;
	}
	return at & ~DONE;
}

/* The place behind a number or word, or 0 if there is none at `at`. */
INLINE u64 json_word(u64 element, u64 at)
{
	u64 n = lib_class(element, at, BIT(0) | BIT(' ') | BIT('\t') | BIT('\r') | BIT('\n') | BIT(',') | BIT(':') | BIT('"'),
			  BIT(']') | BIT('}') | BIT('[') | BIT('{'), 0);

	return n ? at + n : 0;
}

/* The place behind the next piece of a value | DONE, if no bracket is open there. */
GLOBAL u64 lib_json_step(u64 element, u64 at)
{
	char *p = lib_element(element), *here;
	u64 open, depth;
	u8 c;

	at = json_space(element, at);
	here = spot(p, at);
	if (!p || !here)
		return DONE;
	open = load(p + OPEN);
	depth = load(p + DEPTH);
	c = (u8)*here;
	if (c == '{' || c == '[') {
		if (depth >= DEPTH_MAX)
			return DONE;
		store(p + OPEN, open << 1 | (c == '{'));
		store(p + DEPTH, depth + 1);
		return at + 1;
	}
	if (c == '}' || c == ']') {
		if (depth == 0 || (open & 1) != (c == '}'))
			return DONE;
		store(p + OPEN, open >> 1);
		store(p + DEPTH, --depth);
		at++;
	} else if (c == ',' || c == ':') {
		if (depth == 0)
			return DONE;
		at++;
	} else {
		at = c == '"' ? lib_json_string(element, at) : json_word(element, at);
		if (!at)
			return DONE;
	}
	return depth ? at : at | DONE;
}

/* The place behind the value that begins at `at`. */
GLOBAL u64 lib_json_value(u64 element, u64 at)
{
	char *p = lib_element(element);

	if (!p)
		return 0;
	store(p + OPEN, 0);
	store(p + DEPTH, 0);
	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		at = lib_json_step(element, at);
		if (at & DONE)
			return at & ~DONE;
	}
	return 0;
}

/* Whether n bytes are the same. */
GLOBAL u64 lib_same(u64 element, u64 s, u64 t, u64 n)
{
	char *e = lib_element(element);
	const char *p = spot(e, s), *q = spot(e, t);

	if (!p || !q)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 differ;

		HIDE(i);
		if (i >= n)
			break;
		differ = load(p + i) ^ load(q + i);
		if (n - i < 8)
			differ &= first_bytes(n - i);
		if (differ)
			return 0;
	}
	return 1;
}

/* The number of a path's [number] at `path`, its length with the brackets above 32 bits; 0: it is none. */
GLOBAL u64 lib_json_index(u64 element, u64 path)
{
	const char *p;
	u64 at = path + 1, digits = lib_class(element, at, ~(UINT64_C(0x3ff) << '0'), ~UINT64_C(0), 1), zeros;

	p = spot(lib_element(element), at + digits);
	if (!digits || !p || *p != ']')
		return 0;
	zeros = lib_class(element, at, ~BIT('0'), ~UINT64_C(0), 1);
	/* no string has more elements than that */
	return lib_number(element, at + zeros, 10, IR_STRSIZE_MAX) | (digits + 2) << 32;
}

/* Both in one, the path above 32 bits. */
INLINE u64 places(u64 at, u64 path)
{
	return at | path << 32;
}

/* The next part of the path. */
GLOBAL u64 lib_json_part(u64 element, u64 at, u64 path)
{
	char *p = lib_element(element), *here, *name;
	u64 part;

	at = json_space(element, at);
	here = spot(p, at);
	name = spot(p, path);
	if (!p || !here || !name)
		return DONE;
	if (!*name)
		return places(at, path) | DONE;
	if (*name == '[') {
		part = lib_json_index(element, path);
		if (!part || *here != '[')
			return DONE;
		store(p + LEFT, part & 0xffffffff);
		store(p + MODE, IN_ARRAY);
		return places(at + 1, path + (part >> 32));
	}
	if (*name == '.')
		path++;
	part = lib_class(element, path, BIT(0) | BIT('.'), BIT('['), 0);
	if (!part || *here != '{')
		return DONE;
	store(p + LEFT, part);
	store(p + MODE, IN_OBJECT);
	return places(json_space(element, at + 1), path);
}

/* The value of the member at `at` | DONE, if its name is the one at `path`, of len bytes. */
GLOBAL u64 lib_json_member(u64 element, u64 at, u64 path, u64 len)
{
	const char *p = spot(lib_element(element), at);
	u64 end, found;

	if (!p || *p != '"')
		return 0;
	end = lib_json_string(element, at);
	if (!end)
		return 0;
	found = end - at - 2 == len && lib_same(element, at + 1, path, len) ? DONE : 0;
	at = json_space(element, end);
	p = spot(lib_element(element), at);
	if (!p || *p != ':')
		return 0;
	return json_space(element, at + 1) | found;
}

/* The place of what follows the value at `at`, behind a comma. */
INLINE u64 json_next(u64 element, u64 at)
{
	const char *p;

	at = lib_json_value(element, at);
	if (!at)
		return 0;
	at = json_space(element, at);
	p = spot(lib_element(element), at);
	return p && *p == ',' ? json_space(element, at + 1) : 0;
}

/* A turn of json(): `at` in the text, and how far the path is followed. Gives both anew, | DONE at the end: 0, or the value's place. */
GLOBAL u64 lib_json_turn(u64 element, u64 at, u64 path)
{
	char *p = lib_element(element), *here;
	u64 mode, left;

	if (!p)
		return DONE;
	mode = load(p + MODE);
	if (mode == AT_PART)
		return lib_json_part(element, at, path);
	left = load(p + LEFT);
	if (mode == IN_OBJECT) {
		at = lib_json_member(element, at, path, left);
		if (at & DONE) {
			store(p + MODE, AT_PART);
			return places(at & ~DONE, path + left);
		}
	} else if (left == 0) {
		at = json_space(element, at);
		here = spot(p, at);
		if (!here || *here == ']')
			return DONE;
		store(p + MODE, AT_PART);
		return places(at, path);
	} else {
		store(p + LEFT, left - 1);
	}
	at = at ? json_next(element, at) : 0;
	return at ? places(at, path) : DONE;
}

/* A turn takes two bytes of the text, or one and half of a part of the path, which has three with a bracket: there are no more turns
 * than bytes. */
GLOBAL u64 lib_json(u64 element, u64 d, u64 text, u64 path)
{
	char *p = lib_element(element);
	u64 at = 0, end = 0;

	if (!p)
		return 0;
	store(p + MODE, AT_PART);
	at = places(text, path);
	for (u64 i = 0; i < STRSIZE + 2; i++) {
		HIDE(i);
		at = lib_json_turn(element, at & 0xffffffff, at >> 32);
		if (at & DONE)
			break;
	}
	at &= 0xffffffff;
	if (at)
		end = lib_json_value(element, at);
	p = spot(p, at);
	if (!end || !p)
		return lib_strset(element, d, text, 0);
	if (*p == '"') {
		at++;
		end--;
	}
	return lib_strset(element, d, at, end - at);
}
