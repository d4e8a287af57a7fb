/* libbb/make_printable.c of the patched BusyBox by itself, for ASan and UBSan. Prints TAP.
 * The oracle decodes UTF-8 another way than the code under test: it encodes each character that is fit to be
 * shown and compares bytes. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "libbb.h"

const char *printable_string(const char *str)
{
	return str;
}

static int failed, count;

static void ok(int good, const char *what)
{
	count++;
	failed |= !good;
	printf("%sok %d - %s\n", good ? "" : "not ", count, what);
}

static void is(const char *in, const char *want, const char *what)
{
	char *s = strdup(in);

	ok(make_printable(s) == s && !strcmp(s, want), what);
	free(s);
}

static int encode(unsigned c, char *p)
{
	if (c < 0x80)
		return p[0] = (char)c, 1;
	if (c < 0x800)
		return p[0] = (char)(0xc0 | c >> 6), p[1] = (char)(0x80 | (c & 63)), 2;
	if (c < 0x10000)
		return p[0] = (char)(0xe0 | c >> 12), p[1] = (char)(0x80 | (c >> 6 & 63)), p[2] = (char)(0x80 | (c & 63)), 3;
	p[0] = (char)(0xf0 | c >> 18);
	p[1] = (char)(0x80 | (c >> 12 & 63));
	p[2] = (char)(0x80 | (c >> 6 & 63));
	p[3] = (char)(0x80 | (c & 63));
	return 4;
}

static int harmful(unsigned c)
{
	static const unsigned bidi[] = { 0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
		0x2066, 0x2067, 0x2068, 0x2069 };
	size_t i;

	for (i = 0; i < sizeof bidi / sizeof *bidi; i++)
		if (c == bidi[i])
			return 1;
	return c < 32 || (c >= 127 && c <= 159) || c == 0x2028 || c == 0x2029 || (c >= 0x206a && c <= 0x206f)
		|| (c >= 0xd800 && c <= 0xdfff);
}

static void every_character(void)
{
	unsigned c, wrong = 0;

	for (c = 1; c <= 0x10ffff; c++) {
		char in[8] = "", out[8];
		int n = encode(c, in);

		in[n] = '|';
		strcpy(out, in);
		make_printable(out);
		wrong += strcmp(out, harmful(c) ? "?|" : in) != 0;
	}
	ok(!wrong, "each character is kept or becomes one question mark");
}

/* Any bytes: what comes out is no longer, is well-formed, holds nothing harmful, and does not change again. */
static void random_bytes(void)
{
	static const char pool[] = "a\n\x1b\x80\x9b\xbf\xc0\xc2\xe0\xe2\xed\xf0\xf4\xf5\xff\xa0";
	uint32_t r = 12345;
	unsigned round, wrong = 0;

	for (round = 0; round < 300000; round++) {
		char in[12] = "", *s, *p;
		size_t n, i;

		for (i = 0, n = round % 11; i < n; i++) {
			r = r * 1664525u + 1013904223u;
			in[i] = round & 1 ? pool[(r >> 16) % (sizeof pool - 1)] : (char)(1 + (r >> 16) % 255);
		}
		s = strdup(in); /* exactly as long as it is: ASan sees any step too far */
		make_printable(s);
		wrong += strlen(s) > strlen(in);
		for (p = s; *p;) {
			unsigned char b = (unsigned char)*p;
			int len = b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
			unsigned c = b < 0x80 ? b : b & (0x7fu >> len);
			char again[4];

			for (i = 1; (int)i < len && p[i]; i++)
				c = c << 6 | ((unsigned char)p[i] & 63);
			if ((int)i < len || harmful(c) || encode(c, again) != len || memcmp(again, p, (size_t)len)) {
				wrong++;
				break;
			}
			p += len;
		}
		p = strdup(s);
		wrong += strcmp(make_printable(p), s) != 0;
		free(p);
		free(s);
	}
	ok(!wrong, "no bytes at all get anything harmful through");
}

int main(void)
{
	is("", "", "nothing");
	is("plain ~ text", "plain ~ text", "ASCII stays");
	is("gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x98\x80 e\xcc\x81", "gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x98\x80 e\xcc\x81", "text of any language stays");
	is("a\nb\tc\rd\x7f", "a?b?c?d?", "line ends, tabs, DEL");
	is("\x1b]0;t\x07\x1b[31m", "?]0;t??[31m", "ESC and OSC");
	is("\x9b" "31m|\xc2\x9b" "31m", "?31m|?31m", "C1, as a byte and as U+009B");
	is("\xe2\x80\xae" "fdp.exe", "?fdp.exe", "right-to-left override");
	is("\xc0\x8a|\xe0\x80\x8a|\xf0\x80\x80\x8a", "??|???|????", "line ends in overlong form");
	is("\xed\xa0\x80|\xf4\x90\x80\x80|\xf8\x88\x80\x80\x80", "?|?|?????", "surrogates and what is beyond U+10FFFF");
	is("\xe2\x82", "??", "a sequence cut at the end");
	is("\xe2\x82" "a\xc3", "??a?", "a sequence cut by a letter");
	every_character();
	random_bytes();
	printf("1..%d\n", count);
	return failed;
}
