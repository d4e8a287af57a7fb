/* SPDX-License-Identifier: GPL-2.0-only
 * D's functions of strings, with the answers of bpf/lang/eval_str.c. Paths are in lib_path.bpf.c.
 */
#include "lib_in.h"

#define NOT_FOUND ((u64)-1)

/* Whether the string t is the beginning of what lies at s. */
GLOBAL u64 lib_starts(u64 element, u64 s, u64 t)
{
	char *e = lib_element(element);
	const char *p = spot(e, s), *q = spot(e, t);

	if (!p || !q)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, end, differ;

		HIDE(i);
		word = load(q + i);
		differ = word ^ load(p + i);
		end = zero_byte(word);
		if (end)
			return (differ & below(end)) == 0;
		if (differ)
			return 0;
	}
	return 0;
}

/* Where t is next in s: its place | DONE, or from where to look on. */
GLOBAL u64 lib_find_step(u64 element, u64 s, u64 t, u64 from)
{
	const char *p = spot(lib_element(element), t);
	u64 skip;

	if (!p)
		return NOT_FOUND;
	skip = lib_find_char(element, s + from, (u8)*p);
	if (skip == NOT_FOUND)
		return NOT_FOUND;
	from += skip;
	return lib_starts(element, s + from, t) ? from | DONE : from + 1;
}

/* Where t is first in s, from a position within s. */
GLOBAL u64 lib_find(u64 element, u64 s, u64 t, u64 from)
{
	const char *p = spot(lib_element(element), t);

	if (!p)
		return NOT_FOUND;
	if (!*p)
		return from;
	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		from = lib_find_step(element, s, t, from);
		if (from & DONE)
			break;
	}
	return from == NOT_FOUND ? from : from & ~DONE;
}

/* Whether t is in s at a place, or there is no such place. */
GLOBAL u64 lib_find_back_stops(u64 element, u64 s, u64 t, u64 at)
{
	return at == NOT_FOUND || lib_starts(element, s + at, t);
}

/* Where t is last in s, at a position or before it. */
GLOBAL u64 lib_find_back(u64 element, u64 s, u64 t, u64 from)
{
	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		if (lib_find_back_stops(element, s, t, from))
			return from;
		from--;
	}
	return NOT_FOUND;
}

GLOBAL u64 lib_index(u64 element, u64 s, u64 t, u64 position)
{
	u64 len = lib_strlen(element, s);

	if ((s64)position < 0)
		position = 0;
	if (position >= len)
		return lib_strlen(element, t) == 0 ? len : NOT_FOUND;
	return lib_find(element, s, t, position);
}

GLOBAL u64 lib_rindex(u64 element, u64 s, u64 t, u64 position)
{
	u64 len = lib_strlen(element, s);

	if ((s64)position < 0)
		return lib_strlen(element, t) == 0 ? 0 : NOT_FOUND;
	return lib_find_back(element, s, t, position < len ? position : len);
}

/* Where a byte that is not NUL is first in s. */
GLOBAL u64 lib_find_char(u64 element, u64 s, u64 c)
{
	const char *p = spot(lib_element(element), s);
	u64 wanted = (c & 0xff) * EACH_BYTE;

	if (!p)
		return NOT_FOUND;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, at, end;

		HIDE(i);
		word = load(p + i);
		at = zero_byte(word ^ wanted);
		end = zero_byte(word);
		if (at && (!end || at < end))
			return i + index_of_zero(at);
		if (end)
			break;
	}
	return NOT_FOUND;
}

GLOBAL u64 lib_find_last(u64 element, u64 s, u64 c)
{
	u64 last = NOT_FOUND;

	for (u64 i = 0; i < STRSIZE; i++) {
		u64 skip = lib_find_char(element, s + last + 1, c);

		HIDE(i);
		if (skip == NOT_FOUND)
			break;
		last += 1 + skip;
	}
	return last;
}

/* String d = what is at s + at; nothing, if that was not found. */
INLINE u64 from_place(u64 element, u64 d, u64 s, u64 at)
{
	return lib_strget(element, d, s + at, at == NOT_FOUND ? 0 : STRSIZE);
}

GLOBAL u64 lib_strchr(u64 element, u64 d, u64 s, u64 c)
{
	return from_place(element, d, s, lib_find_char(element, s, c));
}

GLOBAL u64 lib_strrchr(u64 element, u64 d, u64 s, u64 c)
{
	return from_place(element, d, s, lib_find_last(element, s, c));
}

GLOBAL u64 lib_strstr(u64 element, u64 d, u64 s, u64 t)
{
	return from_place(element, d, s, lib_find(element, s, t, 0));
}

GLOBAL u64 lib_strjoin(u64 element, u64 d, u64 s, u64 t)
{
	u64 len, more;

	if (t == d) {
		lib_strmov(element, TEXT, t);
		t = TEXT;
	}
	len = lib_strmov(element, d, s);
	more = lib_strnlen(element, t, STRSIZE - 1 - len);
	lib_strset(element, d + len, t, more);
	return len + more;
}

/* A negative index counts from the end, a negative count leaves that many off the end. */
GLOBAL u64 lib_substr(u64 element, u64 d, u64 s, u64 first, u64 many)
{
	const s64 far = 2 * IR_STRSIZE_MAX; /* beyond any string, and far from overflow */
	s64 len = (s64)lib_strlen(element, s), index = (s64)first, count = (s64)many;

	index = index < -far ? -far : index > far ? far : index;
	count = count > far ? far : count < -far ? -far : count;
	if (index < 0) {
		index += len;
		if (index < 0 && index + count > 0) {
			count += index;
			index = 0;
		}
	}
	if (index < 0 || index >= len)
		count = 0;
	else if (count < 0)
		count += len - index;
	else if (count > len - index)
		count = len - index;
	return lib_strset(element, d, count > 0 ? s + (u64)index : s, count > 0 ? (u64)count : 0);
}

/* Whether a span ends at this byte. */
GLOBAL u64 lib_span_stops(u64 element, u64 at, u64 set, u64 inside)
{
	const char *p = spot(lib_element(element), at);

	if (!p || !*p)
		return 1;
	return (lib_find_char(element, set, (u8)*p) != NOT_FOUND) != (inside != 0);
}

/* How many bytes of s, from its beginning, are in the set (inside: 1), or are not (0). */
GLOBAL u64 lib_span(u64 element, u64 s, u64 set, u64 inside)
{
	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		if (lib_span_stops(element, s + i, set, inside))
			return i;
	}
	return 0;
}

GLOBAL u64 lib_strtok(u64 element, u64 d, u64 s, u64 separators, u64 state)
{
	char *e = lib_element(element), *p = spot(e, state), *end;
	u64 rest = state + sizeof(struct lib_strtok), start, len;

	if (!p)
		return 0;
	if (s)
		lib_strmov(element, rest, s);
	else if (!load(p))
		return lib_strset(element, d, rest, 0);
	start = rest + lib_span(element, rest, separators, 1);
	len = lib_span(element, start, separators, 0);
	end = spot(e, start + len);
	if (!end)
		return 0;
	s = (u8)*end;
	store(p, s);
	lib_strset(element, d, start, len);
	if (s)
		lib_strget(element, rest, start + len + 1, STRSIZE);
	return len;
}

/* All letters from `first` on to the other case: bytes below 128 do not touch each other when added to. */
INLINE u64 change_case(u64 element, u64 d, u64 s, u64 first)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s);

	if (!to || !from)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, seven, letters;

		HIDE(i);
		word = load(from + i);
		seven = word & ~(EACH_BYTE << 7);
		letters = (seven + (128 - first) * EACH_BYTE) & ~(seven + (128 - first - 26) * EACH_BYTE) & ~word & EACH_BYTE << 7;
		store(to + i, word ^ letters >> 2);
		if (zero_byte(word))
			break;
	}
	return 0;
}

GLOBAL u64 lib_tolower(u64 element, u64 d, u64 s)
{
	return change_case(element, d, s, 'A');
}

GLOBAL u64 lib_toupper(u64 element, u64 d, u64 s)
{
	return change_case(element, d, s, 'a');
}

/* Base 8 and 16 get their prefixes; bases but 10 see the number as unsigned. */
GLOBAL u64 lib_lltostr(u64 element, u64 d, u64 value, u64 base)
{
	char *p = spot(lib_element(element), d), *end;
	bool minus = base == 10 && (s64)value < 0;
	u64 prefix = base == 16 ? 2 : base == 8 || minus, at;

	if (base < 2 || base > 36)
		return IR_FAULT_ILLOP;
	if (minus)
		value = -value;
	at = prefix + lib_digits(element, d + prefix, value, lib_top_power(value, base), base | (STRSIZE - 1 - prefix) << 8);
	if (at > STRSIZE - 1)
		at = STRSIZE - 1;
	end = spot(lib_element(element), d + at);
	if (!p || !end)
		return 0;
	if (prefix)
		p[0] = minus ? '-' : '0';
	if (prefix > 1)
		p[1] = 'x';
	*end = '\0';
	return 0;
}

/* The largest power of the base that is not above the value; 1 for 0. */
GLOBAL u64 lib_top_power(u64 value, u64 base)
{
	u64 power = 1;

	if (base < 2)
		return 1;
	for (u64 i = 0; i < 64; i++) {
		HIDE(i);
		if (value / power < base)
			break;
		power *= base;
	}
	return power;
}

/* Writes the digits of a number at d, from that of `power` on, as far as `room` goes; gives how many it has written. */
GLOBAL u64 lib_digits(u64 element, u64 d, u64 value, u64 power, u64 base_and_room)
{
	u64 base = base_and_room & 0xff, room = base_and_room >> 8;
	char *p = spot(lib_element(element), d);

	if (!p || base < 2)
		return 0;
	for (u64 i = 0; i < 64; i++) {
		u64 digit;

		HIDE(i);
		if (!power)
			return i;
		if (i >= room)
			return i;
		digit = value / power;
		value -= digit * power;
		power /= base;
		p[i] = (char)('0' + digit + (('a' - 10 - '0') & -((9 - digit) >> 63))); /* without a way of its own for letters */
	}
	return 64;
}

/* What a character counts as a digit; 36 or more: nothing. */
GLOBAL u64 lib_digit(u64 c)
{
	u64 letter = c | 0x20;

	if (letter >= 'a')
		return letter - 'a' + 10;
	c -= '0';
	return c < 10 ? c : 99;
}

/* The number that begins at s, or max if it is larger. No more digits count than the largest number has in base 2: zeros must not be
 * in front. */
GLOBAL u64 lib_number(u64 element, u64 s, u64 base, u64 max)
{
	const char *p = spot(lib_element(element), s);
	u64 v = 0;

	if (!p || base < 2)
		return 0;
	for (u64 i = 0; i < 65; i++) {
		u64 digit;

		HIDE(i);
		digit = lib_digit((u8)p[i]);
		if (digit >= base)
			break;
		if (v > (max - digit) / base)
			return max;
		v = v * base + digit;
	}
	return v;
}

#define CLASS_STEP 32

GLOBAL u64 lib_class_part(u64 element, u64 s, u64 low, u64 high, u64 others)
{
	const char *p = spot(lib_element(element), s);

	if (!p)
		return 0;
	for (u64 i = 0; i < CLASS_STEP; i++) {
		u64 c, in;

		HIDE(i);
		c = (u8)p[i];
		in = c < 64 ? low >> c : high >> (c & 63);
		in = c < 128 ? in & 1 : others;
		if (in)
			return i;
	}
	return CLASS_STEP;
}

/* How many bytes at s are not in a class of characters: a bit in low for each of 0 to 63, in high for each of 64 to 127, and `others`
 * (0 or 1) for all above. The class has NUL. */
GLOBAL u64 lib_class(u64 element, u64 s, u64 low, u64 high, u64 others)
{
	for (u64 i = 0; i < STRSIZE; i += CLASS_STEP) {
		u64 n;

		HIDE(i);
		n = lib_class_part(element, s + i, low, high, others);
		if (n < CLASS_STEP)
			return i + n;
	}
	return STRSIZE - 1;
}

/* As strtoll(3), but for the base: 10 if none is given. Out of range is the nearest that fits. */
GLOBAL u64 lib_strtoll(u64 element, u64 s, u64 base)
{
	char *p = lib_element(element);
	u64 v, at = s + lib_class(element, s, ~(BIT(' ') | BIT('\t') | BIT('\n') | BIT('\v') | BIT('\f') | BIT('\r')), ~UINT64_C(0), 1),
	       minus, skip = 0;

	if (base < 2 || base > 36)
		return IR_FAULT_ILLOP;
	p = spot(p, at);
	if (!p)
		return 0;
	minus = p[0] == '-';
	if (minus || p[0] == '+') {
		p++;
		skip = 1;
	}
	if (base == 16 && p[0] == '0' && (p[1] | 0x20) == 'x' && lib_digit((u8)p[2]) < 16)
		skip += 2;
	at += skip;
	at += lib_class(element, at, ~BIT('0'), ~UINT64_C(0), 1);
	v = lib_number(element, at, base, (u64)INT64_MAX + minus);
	p = lib_element(element);
	if (p)
		state_of(p)->result = minus ? -v : v;
	return 0;
}
