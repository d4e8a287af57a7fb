/* SPDX-License-Identifier: GPL-2.0-only
 * D's functions of strings, as the guide's chapter "Actions and Subroutines" describes them. All work on at most strsize bytes,
 * and what does not fit is cut. A string that is not found is "" (D's NULL compares equal to it).
 */
#include "eval_state.h"

#include <string.h>

static size_t room(const struct eval *e)
{
	return e->p->strsize - 1;
}

/* The first n bytes at s as the result. */
static void result_is(struct eval *e, const char *s, size_t n)
{
	if (n > room(e))
		n = room(e);
	memmove(e->text, s, n);
	e->text[n] = '\0';
}

/* As basename(1): no slashes at the end; "/" if there is nothing else, "." for nothing at all. */
static void basename_of(struct eval *e, const char *s)
{
	size_t end = strlen(s), start;

	if (end == 0) {
		result_is(e, ".", 1);
		return;
	}
	while (end > 1 && s[end - 1] == '/')
		end--;
	start = end;
	if (end == 1 && s[0] == '/')
		start = 0;
	while (start > 0 && s[start - 1] != '/')
		start--;
	result_is(e, s + start, end - start);
}

static void dirname_of(struct eval *e, const char *s)
{
	size_t end = strlen(s);

	while (end > 1 && s[end - 1] == '/')
		end--;
	while (end > 0 && s[end - 1] != '/')
		end--;
	if (end == 0) {
		result_is(e, ".", 1);
		return;
	}
	while (end > 1 && s[end - 1] == '/')
		end--;
	result_is(e, s, end);
}

/* Without "/./" and double slashes, and with "/../" taking the component before it away, whatever links there may be. A path
 * that ends in a component to be removed keeps its last slash. */
static void cleanpath_of(struct eval *e, const char *s)
{
	char *out = e->text;
	size_t n = 0;

	while (*s && n < room(e)) {
		size_t len;

		if (*s != '/') {
			out[n++] = *s++;
			continue;
		}
		while (s[1] == '/')
			s++;
		len = strcspn(s + 1, "/");
		if (len == 1 && s[1] == '.' && s[2] == '/') {
			s += 2;
		} else if (len == 2 && s[1] == '.' && s[2] == '.') {
			while (n > 0 && out[--n] != '/')
				;
			s += 3;
			if (*s == '\0')
				out[n++] = '/';
		} else {
			out[n++] = *s++;
		}
	}
	out[n] = '\0';
}

/* index() and rindex() with Perl's idea of positions, as DTrace has it. */
static int64_t index_of(const char *s, const char *sub, bool has_pos, int64_t pos)
{
	int64_t len = (int64_t)strlen(s), sublen = (int64_t)strlen(sub);
	const char *at;

	if (!has_pos || pos < 0)
		pos = 0;
	if (pos >= len)
		return sublen == 0 ? len : -1;
	at = strstr(s + pos, sub);
	return at ? at - s : -1;
}

static int64_t rindex_of(const char *s, const char *sub, bool has_pos, int64_t pos)
{
	int64_t len = (int64_t)strlen(s);
	size_t sublen = strlen(sub);

	if (!has_pos || pos > len)
		pos = len;
	if (pos < 0)
		return sublen == 0 ? 0 : -1;
	for (; pos >= 0; pos--)
		if (strncmp(s + pos, sub, sublen) == 0)
			return pos;
	return -1;
}

/* substr(s, index, count): a negative index counts from the end, a negative count leaves that many off the end. */
static void substr_of(struct eval *e, const char *s, int64_t index, bool has_count, int64_t count)
{
	int64_t len = (int64_t)strlen(s);
	const int64_t far = 2 * IR_STRSIZE_MAX; /* beyond any string, and far from overflow */

	index = index < -far ? -far : index > far ? far : index;
	count = !has_count || count > far ? far : count < -far ? -far : count;
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
	result_is(e, count > 0 ? s + index : "", count > 0 ? (size_t)count : 0);
}

/* Base 8 and 16 get their prefixes; bases but 10 see the number as unsigned. */
static enum ir_fault lltostr_of(struct eval *e, int64_t value, int64_t base)
{
	char digits[72];
	size_t at = sizeof(digits);
	uint64_t v = base == 10 && value < 0 ? -(uint64_t)value : (uint64_t)value;

	if (base < 2 || base > 36)
		return IR_FAULT_ILLOP;
	do {
		digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[v % (uint64_t)base];
		v /= (uint64_t)base;
	} while (v);
	if (base == 16)
		digits[--at] = 'x';
	if (base == 16 || base == 8)
		digits[--at] = '0';
	if (base == 10 && value < 0)
		digits[--at] = '-';
	result_is(e, digits + at, sizeof(digits) - at);
	return IR_FAULT_NONE;
}

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

/* As strtoll(3), but for the base: 10 if none is given. Out of range is the nearest that fits. */
static enum ir_fault strtoll_of(const char *s, int64_t base, int64_t *result)
{
	uint64_t v = 0, max;
	bool minus;

	if (base < 2 || base > 36)
		return IR_FAULT_ILLOP;
	s += strspn(s, " \t\n\v\f\r");
	minus = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (base == 16 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && digit_of(s[2]) < 16)
		s += 2;
	max = (uint64_t)INT64_MAX + minus;
	for (int d; (d = digit_of(*s)) < base; s++) {
		if (v > (max - (uint64_t)d) / (uint64_t)base) {
			v = max;
			break;
		}
		v = v * (uint64_t)base + (uint64_t)d;
	}
	*result = (int64_t)(minus ? -v : v);
	return IR_FAULT_NONE;
}

static void strtok_of(struct eval *e, const char *s, const char *separators)
{
	struct eval_level *l = e->now;
	size_t len;

	if (s) {
		strncpy(l->strtok, s, room(e));
		l->strtok[room(e)] = '\0';
	} else if (!l->strtok_on) {
		result_is(e, "", 0);
		return;
	}
	s = l->strtok + strspn(l->strtok, separators);
	len = strcspn(s, separators);
	result_is(e, s, len);
	l->strtok_on = s[len] != '\0';
	if (l->strtok_on)
		memmove(l->strtok, s + len + 1, strlen(s + len + 1) + 1);
}

static void in_case(struct eval *e, const char *s, char from, char to)
{
	result_is(e, s, strlen(s));
	for (char *p = e->text; *p; p++)
		if (*p >= from && *p <= from + 25)
			*p = (char)(*p - from + to);
}

bool eval_string_call(struct eval *e, enum ir_func f, const struct eval_args *a, int64_t *result, enum ir_fault *fault)
{
	const char *s = a->s[0], *at;

	e->text[0] = '\0';
	switch (f) {
	case IR_FUNC_BASENAME:
		basename_of(e, s);
		break;
	case IR_FUNC_DIRNAME:
		dirname_of(e, s);
		break;
	case IR_FUNC_CLEANPATH:
		cleanpath_of(e, s);
		break;
	case IR_FUNC_INDEX:
		*result = index_of(s, a->s[1], a->n > 2, a->i[2]);
		break;
	case IR_FUNC_RINDEX:
		*result = rindex_of(s, a->s[1], a->n > 2, a->i[2]);
		break;
	case IR_FUNC_JSON:
		eval_json(s, a->s[1], e->text, e->p->strsize);
		break;
	case IR_FUNC_LLTOSTR:
		*fault = lltostr_of(e, a->i[0], a->n > 1 ? a->i[1] : 10);
		break;
	case IR_FUNC_STRTOLL:
		*fault = strtoll_of(s, a->n > 1 ? a->i[1] : 10, result);
		break;
	case IR_FUNC_STRCHR:
	case IR_FUNC_STRRCHR:
		at = f == IR_FUNC_STRCHR ? strchr(s, (char)a->i[1]) : strrchr(s, (char)a->i[1]);
		if (at)
			result_is(e, at, strlen(at));
		break;
	case IR_FUNC_STRSTR:
		at = strstr(s, a->s[1]);
		if (at)
			result_is(e, at, strlen(at));
		break;
	case IR_FUNC_STRLEN:
		*result = (int64_t)strlen(s);
		break;
	case IR_FUNC_STRJOIN: {
		size_t len = strlen(s), more = strlen(a->s[1]);

		memcpy(e->text, s, len); /* there is room for two strings */
		memcpy(e->text + len, a->s[1], more);
		e->text[len + more < room(e) ? len + more : room(e)] = '\0';
		break;
	}
	case IR_FUNC_STRTOK:
		strtok_of(e, s, a->s[1]);
		break;
	case IR_FUNC_SUBSTR:
		substr_of(e, s, a->i[1], a->n > 2, a->i[2]);
		break;
	case IR_FUNC_TOLOWER:
		in_case(e, s, 'A', 'a');
		break;
	case IR_FUNC_TOUPPER:
		in_case(e, s, 'a', 'A');
		break;
	default:
		return false;
	}
	return true;
}
