/* SPDX-License-Identifier: GPL-2.0-only
 * One figure of a table: its unit, its decimals, its colour.
 */
#pragma once

#include "options.h"
#include "out.h"

enum cell_kind {
	CELL_PLAIN,
	CELL_PERCENT,
	CELL_RATE,  /* sectors a second: in the unit of the report */
	CELL_TOTAL, /* sectors: in the unit of the report, whole */
	CELL_SIZE   /* sectors: in kilobytes always */
};

/* Escape sequences (SGR) by what they colour; empty ones without colours. */
struct paint {
	char high[32], middle[32], name[32], nonzero[32], zero[32];
	const char *end;
};

struct style {
	int decimals;
	bool human;
	enum unit unit;
	struct paint paint;
};

/* Colours as S_COLORS and S_COLORS_SGR say, by default on a terminal only. */
void style_start(struct style *s, const struct options *o);

/* A blank and the figure in width columns. */
void cell(struct out *out, const struct style *s, enum cell_kind kind, int width, double value);

/* A name in front: padded to width columns; behind: after a blank. */
void cell_name(struct out *out, const struct style *s, const char *safe, int width);
void cell_last_name(struct out *out, const struct style *s, const char *safe);

/* A figure of JSON: plain, with two decimals, sectors in the report's unit. */
void cell_json(struct out *out, const struct style *s, enum cell_kind kind, double value);
