/* SPDX-License-Identifier: GPL-2.0-only
 * json(text, path): the element of a JSON text (RFC 8259) that a path such as a.b[2].c leads to. A string comes without its
 * quotes and with its escapes as they stand, an object or array as its text, everything else as it is written. What is
 * not there, or text that is no JSON on the way to it, gives "". One pass over the text, no recursion: the texts are hostile.
 */
#include "eval_state.h"

#include <string.h>

#define DEPTH_MAX 64

static const char *skip_space(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* Behind the string that begins at p (a quote); NULL: it has no end. */
static const char *skip_string(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && *++p == '\0')
			return NULL;
	return *p ? p + 1 : NULL;
}

/* Behind the value that begins at p; NULL: it is none. Brackets must pair. */
static const char *skip_value(const char *p)
{
	char open[DEPTH_MAX];
	size_t depth = 0;

	do {
		p = skip_space(p);
		switch (*p) {
		case '"':
			p = skip_string(p);
			if (!p)
				return NULL;
			break;
		case '{':
		case '[':
			if (depth == DEPTH_MAX)
				return NULL;
			open[depth++] = *p++;
			continue;
		case '}':
		case ']':
			if (depth == 0 || open[--depth] != (*p == '}' ? '{' : '['))
				return NULL;
			p++;
			break;
		case ',':
		case ':':
			if (depth == 0)
				return NULL;
			p++;
			break;
		default: {
			size_t len = strcspn(p, " \t\r\n,:]}[{\"");

			if (len == 0)
				return NULL;
			p += len;
		}
		}
	} while (depth);
	return p;
}

/* The value of a member of the object at p (behind its bracket); NULL: there is none. */
static const char *member(const char *p, const char *name, size_t len)
{
	p = skip_space(p);
	while (*p == '"') {
		const char *end = skip_string(p), *value;
		bool found;

		if (!end)
			return NULL;
		found = (size_t)(end - p - 2) == len && memcmp(p + 1, name, len) == 0;
		p = skip_space(end);
		if (*p != ':')
			return NULL;
		value = skip_space(p + 1);
		if (found)
			return value;
		p = skip_value(value);
		if (!p)
			return NULL;
		p = skip_space(p);
		if (*p != ',')
			return NULL;
		p = skip_space(p + 1);
	}
	return NULL;
}

static const char *element(const char *p, unsigned long index)
{
	for (; index; index--) {
		p = skip_value(p);
		if (!p)
			return NULL;
		p = skip_space(p);
		if (*p != ',')
			return NULL;
		p++;
	}
	p = skip_space(p);
	return *p == ']' ? NULL : p;
}

/* Follows the path; NULL: it leads nowhere. */
static const char *follow(const char *p, const char *path)
{
	while (p && *path) {
		p = skip_space(p);
		if (*path == '[') {
			unsigned long index = 0;

			path++;
			if (*path < '0' || *path > '9' || *p != '[')
				return NULL;
			for (; *path >= '0' && *path <= '9'; path++)
				if (index <= IR_STRSIZE_MAX) /* no string has more elements */
					index = index * 10 + (unsigned long)(*path - '0');
			if (*path++ != ']')
				return NULL;
			p = element(p + 1, index);
		} else {
			size_t len;

			if (*path == '.')
				path++;
			len = strcspn(path, ".[");
			if (*p != '{' || len == 0)
				return NULL;
			p = member(p + 1, path, len);
			path += len;
		}
	}
	return p ? skip_space(p) : NULL;
}

void eval_json(const char *text, const char *path, char *out, size_t size)
{
	const char *from = follow(text, path), *end = from ? skip_value(from) : NULL;
	size_t len;

	*out = '\0';
	if (!end)
		return;
	if (*from == '"') {
		from++;
		end--;
	}
	len = (size_t)(end - from) < size - 1 ? (size_t)(end - from) : size - 1;
	memcpy(out, from, len);
	out[len] = '\0';
}
