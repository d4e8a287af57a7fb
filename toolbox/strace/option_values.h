/* SPDX-License-Identifier: GPL-2.0-only
 * Values of options: words, numbers, times and lists. Each returns false when the text is wrong, if it does not
 * say so and end the program itself.
 */
#pragma once

#include "options.h"

/* realloc(3) and the like, or the end. */
void *value_must(void *p);

bool value_number(const char *text, long min, long max, long *value);

/* s, ms, us, ns as digits behind the point; -1: something else. */
int value_digits(const char *word);

bool value_stamps(struct stamps *s, const char *text);
bool value_hex(enum out_hex *hex, const char *text);
bool value_style(struct options *o, const char *text);
bool value_tips(const char *text);
/* 1 to 3; 0: wrong. */
int value_daemonize(const char *text);
enum interruptible value_interruptible(const char *text);

void value_pids(struct options *o, const char *text);
void value_quiet(struct options *o, const char *text);
void value_fds(struct options *o, const char *text);
void value_decode_pids(struct options *o, const char *text);
void value_status(struct options *o, const char *text);
