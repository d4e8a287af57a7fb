/* SPDX-License-Identifier: GPL-2.0-only
 * Format strings of printf and its like, taken apart.
 */
#include "format.h"

#include "toolbox/lib/base.h"

#include <stdio.h>
#include <string.h>

static const struct {
	char letter;
	const char *sizes; /* that may stand before it, separated by spaces; every letter may stand alone */
	enum format_kind kind;
} conversions[] = {
	{ '%', "", FORMAT_PERCENT },
	{ 'a', "", FORMAT_ADDRESS },
	{ 'A', "", FORMAT_ADDRESS },
	{ 'c', "w", FORMAT_CHAR },
	{ 'C', "", FORMAT_CHAR },
	{ 'd', "hh h l ll", FORMAT_SIGNED },
	{ 'e', "L", FORMAT_FLOAT },
	{ 'E', "L", FORMAT_FLOAT },
	{ 'f', "L", FORMAT_FLOAT },
	{ 'g', "L", FORMAT_FLOAT },
	{ 'G', "L", FORMAT_FLOAT },
	{ 'i', "hh h l ll", FORMAT_SIGNED },
	{ 'k', "", FORMAT_STACK },
	{ 'o', "hh h l ll", FORMAT_UNSIGNED },
	{ 'p', "", FORMAT_POINTER },
	{ 's', "w l", FORMAT_STRING },
	{ 'S', "", FORMAT_STRING },
	{ 'T', "", FORMAT_TIME },
	{ 'u', "hh h l ll", FORMAT_UNSIGNED },
	{ 'x', "hh h l ll", FORMAT_UNSIGNED },
	{ 'X', "hh h l ll", FORMAT_UNSIGNED },
	{ 'Y', "", FORMAT_TIME },
};

static unsigned flag_of(char c)
{
	switch (c) {
	case '#': return FORMAT_ALTERNATE;
	case '0': return FORMAT_ZERO;
	case '-': return FORMAT_LEFT;
	case '+': return FORMAT_PLUS;
	case ' ': return FORMAT_SPACE;
	case '\'': return FORMAT_GROUP;
	case '@': return FORMAT_AGG;
	case '?': return FORMAT_SIZE;
	}
	return 0;
}

/* A width or precision: digits, or * for an argument. False if it is too large. */
static bool read_number(const char **p, const char *end, int *number, bool *dynamic)
{
	if (*p < end && **p == '*') {
		*dynamic = true;
		(*p)++;
		return true;
	}
	while (*p < end && **p >= '0' && **p <= '9') {
		*number = (*number < 0 ? 0 : *number) * 10 + (*(*p)++ - '0');
		if (*number > FORMAT_WIDTH_MAX)
			return false;
	}
	return true;
}

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; *s; s += strcspn(s, " "), s += *s == ' ')
		if (strcspn(s, " ") == n && memcmp(s, word, n) == 0)
			return true;
	return false;
}

static bool find_letter(struct format_conv *c, char *why, size_t size)
{
	char shown[8];

	/* The letter is a stranger's byte: only a printable one is shown. */
	if (c->letter > ' ' && c->letter < 127)
		snprintf(shown, sizeof(shown), "%c", c->letter);
	else
		snprintf(shown, sizeof(shown), "\\%03o", (unsigned char)c->letter);
	for (size_t i = 0; i < countof(conversions); i++) {
		if (conversions[i].letter != c->letter)
			continue;
		if (c->size[0] && !has_word(conversions[i].sizes, c->size)) {
			snprintf(why, size, "%s is no size of conversion %%%s", c->size, shown);
			return false;
		}
		c->kind = conversions[i].kind;
		return true;
	}
	snprintf(why, size, "%%%s%s is not a conversion", c->size, shown);
	return false;
}

bool format_next(struct format_conv *c, const char **p, const char *end, char *why, size_t size)
{
	const char *s = *p;
	unsigned flag;

	*c = (struct format_conv){ .kind = FORMAT_END, .text = s, .width = -1, .precision = -1 };
	while (s < end && *s != '%')
		s++;
	c->text_len = (size_t)(s - c->text);
	c->spec = s;
	*p = s;
	if (s == end)
		return true;
	for (s++; s < end && (flag = flag_of(*s)) != 0; s++)
		c->flags |= flag;
	if (!read_number(&s, end, &c->width, &c->dyn_width)) {
		snprintf(why, size, "width is larger than %d", FORMAT_WIDTH_MAX);
		return false;
	}
	if (s < end && *s == '.') {
		s++;
		c->precision = 0;
		if (!read_number(&s, end, &c->precision, &c->dyn_precision)) {
			snprintf(why, size, "precision is larger than %d", FORMAT_WIDTH_MAX);
			return false;
		}
	}
	/* @ may follow the width, too: %10@d */
	while (s < end && *s == '@') {
		c->flags |= FORMAT_AGG;
		s++;
	}
	for (size_t n = 0; s < end && n < sizeof(c->size) - 1 && *s && strchr("hlLw", *s); s++)
		c->size[n++] = *s;
	if (s == end) {
		snprintf(why, size, "%% at the end of the format begins no conversion");
		return false;
	}
	c->letter = *s++;
	c->spec_len = (size_t)(s - c->spec);
	*p = s;
	return find_letter(c, why, size);
}

unsigned format_bytes(const struct format_conv *c)
{
	if (strcmp(c->size, "hh") == 0)
		return 1;
	if (strcmp(c->size, "h") == 0)
		return 2;
	if (strcmp(c->size, "l") == 0 || strcmp(c->size, "ll") == 0)
		return 8;
	return 0;
}
