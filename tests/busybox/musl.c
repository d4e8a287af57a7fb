/* What the patches of musl mend. Prints TAP. */
#define _GNU_SOURCE
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int count, failed;

static void ok(int good, const char *what)
{
	failed |= !good;
	printf("%sok %d - %s\n", good ? "" : "not ", ++count, what);
}

/* Every pair of bytes, into room for 1 to 8 bytes: the output pointer moves forward, and only over what fits. */
static void euc_kr(void)
{
	int c, d, room, wrong = 0;

	for (c = 0x80; c < 0x100; c++)
		for (d = 0; d < 0x100; d++)
			for (room = 1; room <= 8; room += room == 1 ? 2 : 5) {
				char in[2] = { (char)c, (char)d }, buf[24], *i = in, *o = buf + 8;
				size_t il = 2, ol = (size_t)room;
				iconv_t cd = iconv_open("UTF-8", "EUC-KR");
				size_t r;

				memset(buf, '#', sizeof buf);
				r = iconv(cd, &i, &il, &o, &ol);
				iconv_close(cd);
				wrong += o < buf + 8 || o > buf + 8 + room || ol != (size_t)(buf + 8 + room - o);
				wrong += r != (size_t)-1 && (il != 0 || o - buf - 8 < 2);
				wrong += memcmp(buf, "########", 8) || buf[8 + room] != '#';
			}
	ok(!wrong, "CVE-2025-26519: EUC-KR moved the output pointer backwards");
}

static int converts(const char *from, const char *in, const char *want)
{
	char copy[8], buf[16] = "", *i = copy, *o = buf;
	size_t il = strlen(in), ol = sizeof buf;
	iconv_t cd = iconv_open("UTF-8", from);
	size_t r;

	strcpy(copy, in);
	r = iconv(cd, &i, &il, &o, &ol);
	iconv_close(cd);
	return want ? !r && !strcmp(buf, want) : r == (size_t)-1 && errno == EILSEQ;
}

static int less(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* On 64 bits no array is long enough for the bug of CVE-2026-40200; the rewritten function must still sort. */
static void sort(void)
{
	static uint32_t v[4000];
	unsigned n, i, kind, wrong = 0;
	uint32_t r = 1, sum, sum2;

	for (n = 0; n < 4000; n += 1 + n / 200)
		for (kind = 0; kind < 4; kind++) {
			for (sum = i = 0; i < n; i++) {
				r = r * 1664525u + 1013904223u;
				v[i] = kind == 0 ? r : kind == 1 ? i : kind == 2 ? n - i : r >> 29;
				sum += v[i];
			}
			qsort(v, n, sizeof *v, less);
			for (sum2 = i = 0; i < n; i++) {
				sum2 += v[i];
				wrong += i && v[i - 1] > v[i];
			}
			wrong += sum != sum2;
		}
	ok(!wrong, "CVE-2026-40200: qsort sorts");
}

int main(void)
{
	euc_kr();
	ok(converts("EUC-KR", "\xb0\xa1", "\xea\xb0\x80") && converts("EUC-KR", "\x81\x41", "\xea\xb0\x82"),
		"EUC-KR and its extension convert");
	ok(converts("GB18030", "\xc4\xe3", "\xe4\xbd\xa0"), "GB18030 of two bytes converts");
	ok(converts("GB18030", "\x81\x30\x81\x30", 0) && converts("GB18030", "\xfe\x39\xfe\x39", 0),
		"CVE-2026-6042: GB18030 of four bytes took a second a character");
	sort();
	printf("1..%d\n", count);
	return failed;
}
