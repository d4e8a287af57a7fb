/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/text: strangers' strings come out harmless, everything else comes out as it is.
 */
#include "unit.h"

#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void is_safe(const char *raw, size_t n, const char *want)
{
	char buf[256];

	assert_int_equal(text_safe(buf, sizeof(buf), raw, n), strlen(want));
	assert_string_equal(buf, want);
}
#define SAFE(raw, want) is_safe(raw, sizeof(raw) - 1, want)

static void plain_text_stays(void **state)
{
	(void)state;
	SAFE("", "");
	SAFE("nginx: worker process", "nginx: worker process");
	SAFE("\xc3\xa4\xe4\xbd\xa0\xf0\x9f\x90\xb3", "\xc3\xa4\xe4\xbd\xa0\xf0\x9f\x90\xb3");
}

static void control_bytes_become_octal(void **state)
{
	(void)state;
	SAFE("a\nb\tc\rd", "a\\012b\\011c\\015d");
	SAFE("\033]0;title\007", "\\033]0;title\\007");
	SAFE("\x7f\x00x", "\\177\\000x");
}

static void c1_raw_and_as_utf8(void **state)
{
	(void)state;
	SAFE("\x9b"
	     "31m",
	     "\\23331m");
	SAFE("\xc2\x9b"
	     "31m",
	     "\\302\\23331m");
	SAFE("\xc2\xa0", "\xc2\xa0");
}

static void a_backslash_cannot_pretend_to_be_an_escape(void **state)
{
	(void)state;
	SAFE("a\\033b", "a\\134033b");
}

static void characters_that_reorder_or_hide(void **state)
{
	(void)state;
	SAFE("a\xe2\x80\xae"
	     "b",
	     "a\\342\\200\\256b"); /* U+202E right-to-left override */
	SAFE("\xe2\x81\xa6", "\\342\\201\\246"); /* U+2066 isolate */
	SAFE("\xe2\x80\x8b", "\\342\\200\\213"); /* U+200B zero width space */
	SAFE("\xe2\x80\xa8", "\\342\\200\\250"); /* U+2028 line separator */
	SAFE("\xef\xbb\xbf", "\\357\\273\\277"); /* U+FEFF */
	SAFE("\xd8\x9c", "\\330\\234");	       /* U+061C */
}

static void invalid_utf8(void **state)
{
	(void)state;
	SAFE("\xc0\xaf", "\\300\\257");		      /* overlong slash */
	SAFE("\xe0\x80\x8a", "\\340\\200\\212");      /* overlong newline */
	SAFE("\xed\xa0\x80", "\\355\\240\\200");      /* surrogate */
	SAFE("\xf5\x80\x80\x80", "\\365\\200\\200\\200");
	SAFE("\xf4\x90\x80\x80", "\\364\\220\\200\\200"); /* above U+10FFFF */
	SAFE("\xe4\xbd", "\\344\\275");		      /* cut short */
	SAFE("\xff", "\\377");
}

static void nothing_is_cut_in_half(void **state)
{
	char buf[6];

	(void)state;
	assert_int_equal(text_safe(buf, sizeof(buf), "ab\033c", 4), 7);
	assert_string_equal(buf, "ab"); /* \033 does not fit, and what follows must not close up */
	assert_int_equal(text_safe(buf, sizeof(buf), "abc\xe4\xbd\xa0", 6), 6);
	assert_string_equal(buf, "abc");
	assert_int_equal(text_safe(NULL, 0, "\n", 1), 4);
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(text_width("abc"), 3);
	assert_int_equal(text_width("\xc3\xa4"), 1);
	assert_int_equal(text_width("\xe4\xbd\xa0"), 2);
	assert_int_equal(text_width("e\xcc\x81"), 1);
}

#define FMT(want, ...)                                   \
	do {                                             \
		char *got_ = text_asprintf(__VA_ARGS__); \
		assert_non_null(got_);                   \
		assert_string_equal(got_, want);         \
		free(got_);                              \
	} while (0)

static void formats(void **state)
{
	(void)state;
	FMT("web\\012x: 42 done\n", "%s: %d done\n", "web\nx", 42);
	FMT("[  \\033]", "[%6s]", "\033");
	FMT("[\\033  ]", "[%-6s]", "\033");
	FMT("[\xe4\xbd\xa0  ]", "[%-4s]", "\xe4\xbd\xa0");
	FMT("abc", "%.3s", "abcdef");
	FMT("[ 7|7 |007|+7|7]", "[%2d|%-2d|%03d|%+d|%i]", 7, 7, 7, 7, 7);
	FMT("18446744073709551615 -1 ff 0X1F 17", "%llu %ld %x %#X %o", ~0ull, -1l, 255, 31, 15);
	FMT("3 100%", "%zu %d%%", (size_t)3, 100);
	FMT("2.50", "%.2f", 2.5);
	FMT("a\\033", "%c%c", 'a', '\033');
	FMT("   42", "%*d", 5, 42);
	FMT("ab", "%.*s", 2, "abc");
}

static void a_full_disk_is_noticed(void **state)
{
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(out);
	text_printf(out, "%s\n", "lost");
	assert_false(text_close(out));
}

static void cuts_to(const char *safe, size_t columns, const char *want)
{
	char buf[64];

	snprintf(buf, sizeof(buf), "%s", safe);
	assert_int_equal(text_cut(buf, columns), strlen(want));
	assert_string_equal(buf, want);
}

static void cuts_at_characters_and_escapes(void **state)
{
	(void)state;
	cuts_to("", 0, "");
	cuts_to("abc", 0, "");
	cuts_to("abc", 3, "abc");
	cuts_to("abc", 2, "ab");
	cuts_to("a\\033b", 4, "a");
	cuts_to("a\\033b", 5, "a\\033");
	cuts_to("a\\9", 2, "a\\");
	cuts_to("\303\274x", 1, "\303\274");
	/* wide ones are not cut in half, combining ones stay with theirs */
	cuts_to("\346\227\245x", 1, "");
	cuts_to("\346\227\245x", 2, "\346\227\245");
	cuts_to("e\314\201x", 1, "e\314\201");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_at_characters_and_escapes),
		cmocka_unit_test(plain_text_stays),
		cmocka_unit_test(control_bytes_become_octal),
		cmocka_unit_test(c1_raw_and_as_utf8),
		cmocka_unit_test(a_backslash_cannot_pretend_to_be_an_escape),
		cmocka_unit_test(characters_that_reorder_or_hide),
		cmocka_unit_test(invalid_utf8),
		cmocka_unit_test(nothing_is_cut_in_half),
		cmocka_unit_test(widths),
		cmocka_unit_test(formats),
		cmocka_unit_test(a_full_disk_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
