/* SPDX-License-Identifier: GPL-2.0-only
 * The preprocessor's files, lines and directives: see pp.h.
 */
#include "pp.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One file while it is read. */
struct input {
	const char *p, *end;
	int line; /* of p */
	char *text; /* the logical line: continued lines joined, each comment a blank */
	size_t len, size;
	int lines; /* physical ones that it took */
	bool slashes; /* it has a // comment, which is kept */
};

/* #if and what it governs. */
struct cond {
	bool active;	/* the lines now are taken */
	bool done;	/* one branch has been taken, or none may be */
	bool seen_else;
	int line;
	struct cond *outer;
};

void pp_fail(struct pp *pp, enum d_tag tag, const char *fmt, ...)
{
	char message[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	d_fail(&pp->l->ctx, tag, pp->line, "%s", message);
}

void pp_step(struct pp *pp)
{
	if (++pp->steps > PP_STEPS_MAX)
		pp_fail(pp, D_SYNTAX, "macros are replaced too often: more than %u steps", PP_STEPS_MAX);
}

/* --- output ------------------------------------------------------------------------------------ */

static void put(struct pp *pp, const char *s, size_t n)
{
	if (n > D_SCRIPT_MAX - pp->used)
		pp_fail(pp, D_SYNTAX, "the preprocessed script is larger than %u bytes", D_SCRIPT_MAX);
	if (n > pp->size - pp->used) {
		size_t size = (pp->used + n) * 2;
		char *out = d_alloc(&pp->l->ctx, size);

		if (pp->used)
			memcpy(out, pp->out, pp->used);
		pp->out = out;
		pp->size = size;
	}
	if (n)
		memcpy(pp->out + pp->used, s, n);
	pp->used += n;
}

static void put_newlines(struct pp *pp, int n)
{
	while (n-- > 0)
		put(pp, "\n", 1);
}

/* The line that follows is `line` of `file`. A quote in a file's name would end it: such a name is written without. */
static void put_marker(struct pp *pp, int line, const char *file)
{
	char number[32];
	const char *name = file ? file : "";

	snprintf(number, sizeof(number), "# %d \"", line);
	put(pp, number, strlen(number));
	put(pp, name, strcspn(name, "\"\\\n"));
	put(pp, "\"\n", 2);
}

static bool word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* Blanks stand where they stood, and where two tokens of a macro would otherwise become one. */
static void put_tokens(struct pp *pp, const struct pp_token *t)
{
	char last = '\0';

	for (; t; t = t->next) {
		if (t->len == 0)
			continue;
		if (t->space || (word_byte(last) && word_byte(t->text[0])) ||
		    (last && t->hide && !word_byte(last) && !word_byte(t->text[0])))
			put(pp, " ", 1);
		put(pp, t->text, t->len);
		last = t->text[t->len - 1];
	}
}

/* --- logical lines ----------------------------------------------------------------------------- */

static void add(struct pp *pp, struct input *in, const char *s, size_t n)
{
	if (n > in->size - in->len) {
		size_t size = (in->len + n) * 2 + 256;
		char *text = d_alloc(&pp->l->ctx, size);

		if (in->len)
			memcpy(text, in->text, in->len);
		in->text = text;
		in->size = size;
	}
	memcpy(in->text + in->len, s, n);
	in->len += n;
}

static bool at_splice(const struct input *in)
{
	return in->end - in->p > 1 && in->p[0] == '\\' && (in->p[1] == '\n' || (in->end - in->p > 2 && in->p[1] == '\r' && in->p[2] == '\n'));
}

static void take_splice(struct input *in)
{
	in->p += in->p[1] == '\r' ? 3 : 2;
	in->line++;
	in->lines++;
}

static void take_comment(struct pp *pp, struct input *in)
{
	for (in->p += 2; in->end - in->p > 1; in->p++) {
		if (in->p[0] == '*' && in->p[1] == '/') {
			in->p += 2;
			add(pp, in, " ", 1);
			return;
		}
		if (*in->p == '\n') {
			in->line++;
			in->lines++;
		}
	}
	pp_fail(pp, D_SYNTAX, "end of file encountered in a comment: */ is missing");
}

/* A string or character constant; one that has no end in its line is left to the scanner, which complains. */
static void take_quoted(struct pp *pp, struct input *in)
{
	char quote = *in->p;

	add(pp, in, in->p++, 1);
	while (in->p < in->end && *in->p != '\n') {
		char c = *in->p;

		if (at_splice(in)) {
			take_splice(in);
			continue;
		}
		if (c == '\\' && in->end - in->p > 1 && in->p[1] != '\n')
			add(pp, in, in->p++, 1);
		add(pp, in, in->p++, 1);
		if (c == quote)
			return;
	}
}

/* Appends the next line to in->text. False at the end of the file. */
static bool read_line(struct pp *pp, struct input *in)
{
	if (in->p >= in->end)
		return false;
	while (in->p < in->end && *in->p != '\n') {
		if (at_splice(in)) {
			take_splice(in);
		} else if (in->end - in->p > 1 && in->p[0] == '/' && in->p[1] == '*') {
			take_comment(pp, in);
		} else if (in->end - in->p > 1 && in->p[0] == '/' && in->p[1] == '/') {
			in->slashes = true;
			while (in->p < in->end && *in->p != '\n')
				add(pp, in, in->p++, 1);
		} else if (*in->p == '"' || *in->p == '\'') {
			take_quoted(pp, in);
		} else {
			add(pp, in, in->p++, 1);
		}
	}
	if (in->p < in->end)
		in->p++;
	in->line++;
	in->lines++;
	return true;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	return p;
}

/* --- #include ---------------------------------------------------------------------------------- */

static void run_file(struct pp *pp, const char *file, const char *text, size_t len);

/* Tries a path; NULL if there is no such file. */
static char *fetch(struct pp *pp, const char *dir, size_t n, const char *name, const char **path, size_t *len)
{
	const struct lang_options *o = pp->l->options;

	*path = n ? d_printf(&pp->l->ctx, "%.*s/%s", (int)n, dir, name) : name;
	return o->include ? o->include(o->cookie, *path, len) : NULL;
}

/* "name": beside the file that says it, then in the -I directories; <name>: only there. */
static void include(struct pp *pp, const char *p, const char *end)
{
	const char *const *dirs = pp->l->options->include_dirs;
	const char *from = pp->file ? pp->file : pp->l->source->name;
	const char *slash = strrchr(from, '/');
	const char *close, *name, *path = NULL;
	char *text = NULL;
	size_t len = 0;
	bool quoted;

	p = skip_blanks(p, end);
	if (p < end && *p != '"' && *p != '<') { /* a macro that stands for it */
		bool open;
		struct pp_token *t = pp_expand(pp, pp_tokens(pp, p, end), &open);
		size_t at = pp->used;

		put_tokens(pp, t);
		p = pp->out ? d_strndup(&pp->l->ctx, pp->out + at, pp->used - at) : "";
		end = p + (pp->used - at);
		pp->used = at;
	}
	quoted = p < end && *p == '"';
	close = p < end && (quoted || *p == '<') ? memchr(p + 1, quoted ? '"' : '>', (size_t)(end - p - 1)) : NULL;
	if (!close || close == p + 1)
		pp_fail(pp, D_PRAGCTL_INVAL, "#include: \"file\" or <file> is missing");
	name = d_strndup(&pp->l->ctx, p + 1, (size_t)(close - p - 1));
	if (quoted || *name == '/')
		text = fetch(pp, from, *name == '/' || !slash ? 0 : (size_t)(slash - from), name, &path, &len);
	for (; !text && *name != '/' && dirs && *dirs; dirs++)
		text = fetch(pp, *dirs, strlen(*dirs), name, &path, &len);
	if (!text)
		pp_fail(pp, D_PRAGCTL_INVAL, "#include: file %s cannot be read", name);
	if (pp->depth >= PP_INCLUDE_MAX)
		pp_fail(pp, D_PRAGCTL_INVAL, "#include: more than %d files include one another", PP_INCLUDE_MAX);
	put_marker(pp, 1, path);
	run_file(pp, path, text, len);
}

/* --- directives -------------------------------------------------------------------------------- */

static bool is_word(const char *p, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(p, word, n) == 0;
}

static struct cond *open_cond(struct pp *pp, struct cond *outer, bool value)
{
	struct cond *c = d_alloc(&pp->l->ctx, sizeof(*c));

	c->outer = outer;
	c->active = value && (!outer || outer->active);
	c->done = value || (outer && !outer->active);
	c->line = pp->line;
	return c;
}

static bool is_defined(struct pp *pp, const char *p, const char *end, const char *directive)
{
	struct pp_token *t = pp_tokens(pp, p, end);

	if (!t || t->kind != PP_NAME)
		pp_fail(pp, D_PRAGCTL_INVAL, "#%s: a name is missing", directive);
	return pp_find(pp, t->text, t->len) != NULL;
}

/* #if and its relatives. False if the word is none of them. */
static bool conditional(struct pp *pp, struct cond **cond, const char *w, size_t n, const char *p, const char *end)
{
	struct cond *c = *cond;
	bool live = !c || c->active;

	if (is_word(w, n, "if")) {
		*cond = open_cond(pp, c, live && pp_condition(pp, p, end));
	} else if (is_word(w, n, "ifdef")) {
		*cond = open_cond(pp, c, live && is_defined(pp, p, end, "ifdef"));
	} else if (is_word(w, n, "ifndef")) {
		*cond = open_cond(pp, c, live && !is_defined(pp, p, end, "ifndef"));
	} else if (is_word(w, n, "elif") || is_word(w, n, "else")) {
		bool last = is_word(w, n, "else");

		if (!c || c->seen_else)
			pp_fail(pp, D_PRAGCTL_INVAL, "#%.*s without #if", (int)n, w);
		c->active = !c->done && (last || pp_condition(pp, p, end));
		c->done |= c->active;
		c->seen_else = last;
	} else if (is_word(w, n, "endif")) {
		if (!c)
			pp_fail(pp, D_PRAGCTL_INVAL, "#endif without #if");
		*cond = c->outer;
	} else {
		return false;
	}
	return true;
}

/* Whether a line that only the scanner understands begins with this word. */
static bool is_scanners(const char *w, size_t n)
{
	return is_word(w, n, "pragma") || is_word(w, n, "ident") || is_word(w, n, "line") || is_word(w, n, "error") ||
	       (n && *w >= '0' && *w <= '9');
}

/* A directive; returns how many newlines are still to be written for its lines. */
static void directive(struct pp *pp, struct input *in, struct cond **cond, const char *p, const char *end)
{
	const char *w = skip_blanks(p + 1, end);
	size_t n = 0;

	while (w + n < end && (w[n] == '_' || (w[n] >= 'a' && w[n] <= 'z') || (w[n] >= '0' && w[n] <= '9')))
		n++;
	if (conditional(pp, cond, w, n, w + n, end) || (*cond && !(*cond)->active)) {
		put_newlines(pp, in->lines);
		return;
	}
	if (is_word(w, n, "include")) {
		include(pp, w + n, end);
		put_marker(pp, in->line, pp->file);
		return;
	}
	if (is_word(w, n, "define"))
		pp_define(pp, w + n, end);
	else if (is_word(w, n, "undef"))
		pp_undef(pp, w + n, end);
	else if (is_scanners(w, n))
		put(pp, in->text, in->len);
	else if (w < end)
		pp_fail(pp, D_PRAGCTL_INVAL, "invalid control directive: #%.*s", (int)(end - w < 200 ? end - w : 200), w);
	put_newlines(pp, in->lines);
}

/* --- files ------------------------------------------------------------------------------------- */

/* Where the // comment of the line begins, or its end. */
static size_t without_slashes(const struct input *in)
{
	char quote = '\0';

	for (size_t i = 0; in->slashes && i + 1 < in->len; i++) {
		char c = in->text[i];

		if (quote && c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '/' && in->text[i + 1] == '/')
			return i;
	}
	return in->len;
}

/* Parentheses that are open at the end of the text, if `open` were before it. */
static unsigned count_open(unsigned open, const char *p, const char *end)
{
	char quote = '\0';

	for (; p < end; p++) {
		if (quote && *p == '\\')
			p++;
		else if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '(')
			open++;
		else if (*p == ')' && open)
			open--;
	}
	return open;
}

/* The arguments of a macro go on in the next lines: those that close the parentheses are taken in. */
static void take_arguments(struct pp *pp, struct input *in)
{
	unsigned open = 0;
	size_t from = 0;

	do {
		const char *next = skip_blanks(in->p, in->end);

		in->len = without_slashes(in);
		open = count_open(open, in->text + from, in->text + in->len);
		if (open == 0 && from)
			return;
		from = in->len;
		if (next < in->end && *next == '#')
			pp_fail(pp, D_SYNTAX, "a directive stands in the arguments of a macro");
		add(pp, in, " ", 1);
		in->slashes = false;
	} while (read_line(pp, in));
	pp_fail(pp, D_SYNTAX, "the arguments of a macro do not end");
}

/* A line of text: macros are replaced, a // comment stays. */
static void text_line(struct pp *pp, struct input *in)
{
	for (int tries = 0; tries < 1000; tries++) {
		size_t len = without_slashes(in);
		bool open = false;
		struct pp_token *t = pp_expand(pp, pp_tokens(pp, in->text, in->text + len), &open);

		if (!open) {
			put_tokens(pp, t);
			put(pp, in->text + len, in->len - len);
			return;
		}
		take_arguments(pp, in);
	}
	pp_fail(pp, D_SYNTAX, "the arguments of a macro do not end");
}

static void run_file(struct pp *pp, const char *file, const char *text, size_t len)
{
	static char nothing[1];
	struct input in = { .p = text, .end = text + len, .line = 1, .text = nothing };
	struct d_origin here = { .file = file, .next = NULL };
	struct d_origin *origins = pp->l->ctx.origins;
	const char *outer_file = pp->file;
	int outer_line = pp->line;
	struct cond *cond = NULL;

	if (len > PP_INPUT_MAX - pp->input)
		pp_fail(pp, D_SYNTAX, "the script and what it includes are larger than %u bytes", PP_INPUT_MAX);
	pp->input += len;
	pp->file = file;
	pp->depth++;
	pp->l->ctx.origins = &here; /* errors name this file */
	if (len > 1 && text[0] == '#' && text[1] == '!') {
		const char *eol = memchr(text, '\n', len);

		in.p = eol ? eol + 1 : in.end;
		in.line = 2;
		put(pp, "\n", 1);
	}
	for (;;) {
		const char *p;

		in.len = 0;
		in.lines = 0;
		in.slashes = false;
		pp->line = in.line;
		if (!read_line(pp, &in))
			break;
		p = skip_blanks(in.text, in.text + in.len);
		if (p < in.text + in.len && *p == '#') {
			in.len = without_slashes(&in);
			directive(pp, &in, &cond, p, in.text + in.len);
			continue;
		}
		if (in.len && (!cond || cond->active))
			text_line(pp, &in);
		put_newlines(pp, in.lines);
	}
	if (cond) {
		pp->line = cond->line;
		pp_fail(pp, D_PRAGCTL_INVAL, "#if without #endif");
	}
	pp->l->ctx.origins = origins;
	pp->depth--;
	pp->file = outer_file;
	pp->line = outer_line;
}

/* The names that D's preprocessor always has (the guide, "Use of the C Preprocessor"), as far as they mean something here. */
static void predefine(struct pp *pp)
{
	static const char *const always[] = {
		"__linux", "__linux__", "__unix", "__unix__", "__SVR4", "__LP64__", "__SUNW_D", "__SUNW_D_64",
		"__SUNW_D_VERSION=0x01000000",
#if defined(__x86_64__)
		"__x86_64", "__x86_64__", "__amd64", "__amd64__",
#elif defined(__aarch64__)
		"__aarch64", "__aarch64__", "__arm64", "__arm64__",
#endif
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		pp_define_option(pp, always[i]);
	if (pp->l->options->stdc)
		pp_define_option(pp, pp->l->options->stdc);
}

const char *pp_run(struct lang *l, const char *text, size_t len, size_t *out_len)
{
	const struct lang_options *o = l->options;
	struct pp *pp = d_alloc(&l->ctx, sizeof(*pp));

	pp->l = l;
	predefine(pp);
	for (const char *const *d = o->defines; d && *d; d++)
		pp_define_option(pp, *d);
	for (const char *const *u = o->undefs; u && *u; u++)
		pp_undef(pp, *u, *u + strlen(*u));
	run_file(pp, NULL, text, len);
	l->ctx.origins = NULL;
	*out_len = pp->used;
	return pp->out ? pp->out : "";
}
