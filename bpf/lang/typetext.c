/* SPDX-License-Identifier: GPL-2.0-only
 * Types as C text, for the tables: "const char *", "struct foo *", "uint8_t [4]". Not for the script: that is the
 * parser's.
 */
#include "state.h"

#include <stdlib.h>
#include <string.h>

enum { W_SIGNED = 1, W_UNSIGNED = 2, W_SHORT = 4, W_LONG = 8, W_LONGLONG = 16, W_CHAR = 32, W_INT = 64 };

static size_t word_length(const char *s)
{
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= '0' && s[n] <= '9') ||
	       s[n] == '_')
		n++;
	return n;
}

static struct type *tagged(struct lang *l, const char *text, size_t n)
{
	char *name = d_strndup(&l->ctx, text, n);
	struct type *t = sym_find_type(l, name);

	if (!t) {
		t = d_alloc(&l->ctx, sizeof(*t));
		t->kind = TY_FORWARD;
		t->name = name;
		sym_add_type(l, name, t);
	}
	return t;
}

static unsigned integer_word(const char *word, unsigned seen)
{
	static const struct {
		const char *name;
		unsigned bit;
	} words[] = {
		{ "signed", W_SIGNED }, { "unsigned", W_UNSIGNED }, { "short", W_SHORT },
		{ "char", W_CHAR },	{ "int", W_INT },
	};

	if (strcmp(word, "long") == 0)
		return seen & W_LONG ? W_LONGLONG : W_LONG;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, word) == 0)
			return words[i].bit;
	return 0;
}

static enum type_basic integer(unsigned words)
{
	bool u = words & W_UNSIGNED;

	if (words & W_CHAR)
		return u ? TB_UCHAR : words & W_SIGNED ? TB_SCHAR : TB_CHAR;
	if (words & W_SHORT)
		return u ? TB_USHORT : TB_SHORT;
	if (words & W_LONGLONG)
		return u ? TB_ULLONG : TB_LLONG;
	if (words & W_LONG)
		return u ? TB_ULONG : TB_LONG;
	return u ? TB_UINT : TB_INT;
}

struct type *sym_type_text(struct lang *l, const char *text)
{
	static const struct {
		const char *name;
		enum type_basic type;
	} plain[] = { { "void", TB_VOID },
		      { "string", TB_STRING },
		      { "float", TB_FLOAT },
		      { "double", TB_DOUBLE },
		      { "_Bool", TB_BOOL } };
	struct type *t = NULL;
	unsigned words = 0;
	bool is_const = false, userland = false;

	for (text += strspn(text, " "); word_length(text); text += strspn(text, " ")) {
		size_t n = word_length(text);
		char *word = d_strndup(&l->ctx, text, n);
		unsigned bit = integer_word(word, words);

		if (strcmp(word, "const") == 0) {
			is_const = true;
		} else if (strcmp(word, "userland") == 0) {
			userland = true;
		} else if (strcmp(word, "volatile") == 0) {
			; /* means nothing to a tracer */
		} else if (bit) {
			words |= bit;
		} else if (t) {
			return NULL;
		} else if (strcmp(word, "struct") == 0 || strcmp(word, "union") == 0 || strcmp(word, "enum") == 0) {
			if (text[n] != ' ' || !word_length(text + n + 1))
				return NULL;
			n += 1 + word_length(text + n + 1);
			t = tagged(l, text, n);
		} else {
			for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
				if (strcmp(plain[i].name, word) == 0)
					t = type_basic(plain[i].type);
			if (!t)
				t = sym_find_type(l, word);
			if (!t)
				return NULL;
		}
		text += n;
	}
	if (words)
		t = type_basic(integer(words));
	if (!t)
		return NULL;
	if (is_const)
		t = type_const(&l->ctx, t);
	for (; *text == '*'; text += 1 + strspn(text + 1, " ")) {
		t = type_pointer(&l->ctx, t);
		t->is_userland = userland;
	}
	if (*text == '[') {
		char *end;
		unsigned long count = strtoul(text + 1, &end, 10);

		if (*end != ']' || count > 1u << 20)
			return NULL;
		t = type_array(&l->ctx, t, count);
		text = end + 1;
	}
	return *text ? NULL : t;
}
