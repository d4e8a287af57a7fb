/* SPDX-License-Identifier: GPL-2.0-only
 * One figure of a table: see cell.h. sysstat's layout to the column: with --human the unit is the last column
 * of the field, and a colour covers the blank in front of a figure but not its unit.
 */
#include "cell.h"
#include "toolbox/lib/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLOUR_HIGH 75.0
#define COLOUR_MIDDLE 50.0

static void set(char to[32], const char *sgr, size_t n)
{
	snprintf(to, 32, "\033[%.*sm", (int)n, sgr);
}

/* "H=31;1:I=32;22": capabilities that are not known, or that hold more than figures, are passed over. */
static void set_all(struct paint *p, const char *list)
{
	while (*list) {
		size_t n = strcspn(list, ":");
		char *to = list[0] == 'H' ? p->high
			   : list[0] == 'M' ? p->middle
			   : list[0] == 'I' ? p->name
			   : list[0] == 'N' ? p->nonzero
			   : list[0] == 'Z' ? p->zero
					    : NULL;

		if (to && n > 2 && n < 26 && list[1] == '=' && strspn(list + 2, "0123456789;") >= n - 2)
			set(to, list + 2, n - 2);
		list += n + (list[n] == ':');
	}
}

static bool wants_colours(void)
{
	const char *when = getenv("S_COLORS");
	const char *term = getenv("TERM");

	if (when && strcmp(when, "always") == 0)
		return true;
	if (when && strcmp(when, "never") == 0)
		return false;
	/* A terminal that nobody has named is not known to understand them. */
	return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

void style_start(struct style *s, const struct options *o)
{
	const char *sgr = getenv("S_COLORS_SGR");

	*s = (struct style){ .decimals = o->decimals, .human = o->human, .unit = o->unit, .paint = { .end = "" } };
	if (o->json || !wants_colours())
		return;
	set_all(&s->paint, "H=31;1:I=32;22:M=35;1:N=34;1:Z=34;22");
	if (sgr)
		set_all(&s->paint, sgr);
	s->paint.end = "\033[0m";
}

static double in_unit(enum unit unit, double sectors)
{
	return unit == UNIT_BLOCKS ? sectors : sectors / (unit == UNIT_MB ? 2048 : 2);
}

/* What rounds to 0.00 has the colour of zeros; with --human sysstat judges by the sectors. */
static const char *colour(const struct style *s, enum cell_kind kind, double value)
{
	static const double least[] = { 0.5, 0.05, 0.005 };
	const struct paint *p = &s->paint;

	if (!*p->end)
		return "";
	if (kind == CELL_PERCENT && value >= COLOUR_HIGH)
		return p->high;
	if (kind == CELL_PERCENT && value >= COLOUR_MIDDLE)
		return p->middle;
	int decimals = s->decimals;
	if (kind == CELL_SIZE)
		value = in_unit(UNIT_KB, value);
	else if (kind == CELL_RATE && !s->human)
		value = in_unit(s->unit, value);
	else if (kind == CELL_TOTAL && !s->human)
		return in_unit(s->unit, value) >= 1 ? p->nonzero : p->zero;
	else if (kind == CELL_PERCENT && s->human && decimals > 1)
		decimals = 1;
	/* A half rounds to the even 0; 0.05 and 0.005 are a little more than what they stand for. */
	return (decimals == 0 ? value > least[0] : value >= least[decimals]) ? p->nonzero : p->zero;
}

void cell(struct out *out, const struct style *s, enum cell_kind kind, int width, double value)
{
	static const char units[] = "kMGTPEZY";
	int decimals = s->decimals;
	const char *unit = "";
	char letter[] = " ";

	const char *paint = colour(s, kind, value);
	if (*paint)
		out_text(out, paint);
	if (s->human && kind != CELL_PLAIN) {
		if (decimals > 1)
			decimals = 1;
		width--;
		unit = "%";
		if (kind != CELL_PERCENT) {
			const char *u = units;

			value /= 2;
			while (value >= 1024 && u[1]) {
				value /= 1024;
				u++;
			}
			letter[0] = *u;
			unit = letter;
		}
		out_fixed(out, 1, width, decimals, value);
	} else if (kind == CELL_TOTAL) {
		out_u64(out, 1, width, (uint64_t)in_unit(s->unit, value));
	} else {
		if (kind == CELL_RATE)
			value = in_unit(s->unit, value);
		else if (kind == CELL_SIZE)
			value = in_unit(UNIT_KB, value);
		out_fixed(out, 1, width, decimals, value);
	}
	if (*s->paint.end)
		out_text(out, s->paint.end);
	if (*unit)
		out_text(out, unit);
}

void cell_json(struct out *out, const struct style *s, enum cell_kind kind, double value)
{
	if (kind == CELL_TOTAL)
		out_u64(out, 0, 0, (uint64_t)in_unit(s->unit, value));
	else
		out_fixed(out, 0, 0, 2, kind == CELL_RATE ? in_unit(s->unit, value) : kind == CELL_SIZE ? value / 2 : value);
}

void cell_name(struct out *out, const struct style *s, const char *safe, int width)
{
	size_t columns = text_width(safe);

	out_text(out, s->paint.name);
	out_text(out, safe);
	if (columns < (size_t)width)
		out_spaces(out, (size_t)width - columns);
	out_text(out, s->paint.end);
}

void cell_last_name(struct out *out, const struct style *s, const char *safe)
{
	out_text(out, s->paint.name);
	out_spaces(out, 1);
	out_text(out, safe);
	out_text(out, s->paint.end);
}
