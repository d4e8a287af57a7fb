/* SPDX-License-Identifier: GPL-2.0-only
 * The scanner of D. Inside of clauses and declarations it gives tokens, one at a time with one to look ahead. Where a clause
 * or declaration begins, nothing is looked ahead, and the parser reads the raw text of a probe description from `p`:
 * there, `*`, `-`, `:` and `$` are parts of a word.
 */
#pragma once

#include "state.h"

/* Kinds of tokens. Punctuation stands in token.def's order of T_PUNCT; keywords likewise. */
enum tok {
	T_EOF, T_IDENT, T_AGG, T_INT, T_STRING,
	T_EPRED, /* the slash that ends a predicate */
#define D_PUNCT(id, text) T_##id,
#define D_KEYWORD(id, text) K_##id,
#include "tokens.def"
#undef D_PUNCT
#undef D_KEYWORD
};

struct token {
	enum tok kind;
	int line;
	const char *text; /* IDENT, keywords: the name; AGG: without @; STRING: the bytes; memory of the compilation */
	size_t len;
	uint64_t value; /* INT */
	unsigned char int_form;
	bool negative; /* INT: a macro argument such as -5: value is 5 */
};

struct lexer {
	struct lang *l;
	const char *start, *p, *end; /* *end is NUL */
	int line;		     /* of p: physical */
	bool line_begins;	     /* only blanks before p in its line */
	bool in_clause;		     /* between the braces of a clause */
	bool in_predicate;	     /* a slash may end it, and // is no comment after an operand */
	bool after_desc;	     /* a // would be an empty predicate: no comment */
	bool after_operand;	     /* the last token was a name, a constant or a closing bracket */
	unsigned nest;		     /* the parser's count against D_NEST_MAX */
	int chain;		     /* the same against D_DEPTH_MAX: see parse_chain */
	struct token tok;
	bool has_tok;
};

/* The text is copied; D_SCRIPT_MAX bounds it. */
void lex_init(struct lexer *lx, struct lang *l, const char *text, size_t len);

/* The next token, left where it is; the same as taken. The pointer holds until the next call. */
const struct token *lex_peek(struct lexer *lx);
struct token lex_take(struct lexer *lx);
/* Takes the token if it is of that kind. */
bool lex_accept(struct lexer *lx, enum tok kind);
/* Takes it, or fails with `syntax error near "..."`. */
struct token lex_expect(struct lexer *lx, enum tok kind);
_Noreturn void lex_error_near(struct lexer *lx, const struct token *t);

/* Moves p over blanks, comments and control lines. No token may be looked ahead. */
void lex_skip(struct lexer *lx);

/* Scans an integer at *p, which ends before end; fails for one that is too large or has a digit of another base. */
void lex_number(struct lang *l, const char **p, const char *end, int line, struct token *t);
/* Scans a string or character constant at *p, on its opening quote. */
void lex_string(struct lang *l, const char **p, const char *end, int line, struct token *t);
void lex_char(struct lang *l, const char **p, const char *end, int line, struct token *t);
/* The keyword of that name, or T_IDENT. */
enum tok lex_keyword(const char *s, size_t n);
/* As it is written, for messages: "+=", "while"; NULL for what has no fixed text. */
const char *lex_tok_text(enum tok kind);

static inline bool lex_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`';
}

static inline bool lex_is_name(char c)
{
	return lex_is_name_start(c) || (c >= '0' && c <= '9');
}

/* control.c: the line at p, which begins with #; p is moved to its end. */
void lex_control(struct lexer *lx);
/* What can only be seen at the end of a script: pragmas about names that it does not declare. */
void control_finish(struct lang *l, const struct node *program);

/* macro.c: the token that the macro variable at p (on its $) stands for; p is moved behind it. */
void macro_token(struct lexer *lx, struct token *t);
/* A description's text with its macro variables replaced. */
const char *macro_expand(struct lang *l, const char *text, size_t len, int line);
/* Fails if an argument was given that no script used. */
void macro_finish(struct lang *l);
