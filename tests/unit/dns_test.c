/* SPDX-License-Identifier: GPL-2.0-only
 * DNS messages, whole, cut, and made to lead a reader in circles.
 */
#include "unit.h"

#include "toolbox/strace/dns.h"

#include <stdlib.h>
#include <string.h>

static struct out text;

/* The bytes lie at the end of their memory, so that the sanitizer sees a step beyond. */
static const char *shown(const void *bytes, size_t n)
{
	unsigned char *copy = malloc(n ? n : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, n);
	out_reset(&text);
	out_puts(&text, "");
	dns_print(&text, copy, n);
	free(copy);
	return text.data;
}
#define SHOWS(want, bytes) assert_string_equal(shown(bytes, sizeof(bytes) - 1), want)

#define QUERY "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
#define REPLY(answers) "\x12\x34\x81\x80\x00\x01\x00" answers "\x00\x00\x00\x00"
#define EXAMPLE "\7example\3com\0"

static void queries(void **state)
{
	(void)state;
	SHOWS(" /* DNS 0x1234 query A example.com. */", QUERY EXAMPLE "\0\1\0\1");
	SHOWS(" /* DNS 0x1234 query AAAA . */", QUERY "\0\0\x1c\0\1");
	SHOWS(" /* DNS 0x1234 query TYPE4660/3 *.a\\046b\\042\\047. */",
	      QUERY "\1*\5a.b*/\0\x12\x34\0\3");
}

static void replies(void **state)
{
	(void)state;
	SHOWS(" /* DNS 0x1234 reply NOERROR A example.com.: CNAME www.example.com., A 192.0.2.1 */",
	      REPLY("\2") EXAMPLE "\0\1\0\1"
				  "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\6\3www\xc0\x0c"
				  "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1");
	SHOWS(" /* DNS 0x1234 reply NOERROR AAAA example.com.: AAAA 2001:db8::1 */",
	      REPLY("\1") EXAMPLE
	      "\0\x1c\0\1"
	      "\xc0\x0c\0\x1c\0\1\0\0\0\x3c\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1");
	SHOWS(" /* DNS 0x1234 reply NXDOMAIN A example.com. */",
	      "\x12\x34\x81\x83\0\1\0\0\0\0\0\0" EXAMPLE "\0\1\0\1");
	SHOWS(" /* DNS 0x1234 reply NOERROR MX example.com.: MX 10 example.com. */",
	      REPLY("\1") EXAMPLE "\0\xf\0\1\xc0\x0c\0\xf\0\1\0\0\0\x3c\0\4\0\x0a\xc0\x0c");
}

static void what_is_no_message_is_not_shown(void **state)
{
	(void)state;
	SHOWS("", "");
	SHOWS("", "GET / HTTP/1.0\r\n");
	SHOWS("", QUERY);
	SHOWS("", QUERY "\7exam");
	SHOWS("", QUERY EXAMPLE "\0\1");
}

static void names_have_an_end(void **state)
{
	unsigned char deep[4096];
	size_t n = 12;

	(void)state;
	/* To itself, forwards, and two that lead to each other. */
	SHOWS("", QUERY "\xc0\x0c\0\1\0\1");
	SHOWS("", QUERY "\xc0\x10\0\1\0\1\1a\0");
	SHOWS("", QUERY "\xc0\x0e\xc0\x0c\0\1\0\1");
	SHOWS("", QUERY "\1a\xc0\x0c\0\1\0\1");
	/* Labels without end: 255 bytes are all that a name has. */
	memset(deep, 1, sizeof(deep));
	memcpy(deep, QUERY, n);
	assert_string_equal(shown(deep, sizeof(deep)), "");
	/* An answer whose data reaches beyond the message. */
	SHOWS(" /* DNS 0x1234 reply NOERROR A example.com. (cut) */",
	      REPLY("\1") EXAMPLE "\0\1\0\1\xc0\x0c\0\1\0\1\0\0\0\x3c\0\x40\xc0\0\2\1");
}

static void every_prefix_is_read_within_its_bounds(void **state)
{
	static const char reply[] =
		REPLY("\2") EXAMPLE "\0\1\0\1"
				    "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\6\3www\xc0\x0c\xc0\x0c\0\1\0\1\0"
				    "\0\0\x3c\0\4\xc0\0\2\1";

	(void)state;
	for (size_t n = 0; n < sizeof(reply); n++)
		shown(reply, n);
}

static int free_text(void **state)
{
	(void)state;
	out_free(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries),
		cmocka_unit_test(replies),
		cmocka_unit_test(what_is_no_message_is_not_shown),
		cmocka_unit_test(names_have_an_end),
		cmocka_unit_test(every_prefix_is_read_within_its_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, free_text);
}
