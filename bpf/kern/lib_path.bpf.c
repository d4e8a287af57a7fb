/* SPDX-License-Identifier: GPL-2.0-only
 * basename(), dirname() and cleanpath() of D, with the answers of bpf/lang/eval_str.c.
 */
#include "lib_in.h"

#define PATH_STEP 32
#define PATH_NAME (UINT64_C(1) << 48) /* in a component */
#define PATH_END  (UINT64_C(1) << 49) /* the NUL was there */

/* The same for PATH_STEP bytes of a path, those at `at`, which are byte `from` and on of it: takes what is known, and gives it anew. */
GLOBAL u64 lib_components_part(u64 element, u64 at, u64 from, u64 known)
{
	const char *p = spot(lib_element(element), at);
	u64 start = known & 0xffff, end = known >> 16 & 0xffff, before_end = known >> 32 & 0xffff;
	u8 before = known & PATH_NAME ? 'n' : '/';

	if (!p)
		return PATH_END;
	for (u64 i = 0; i < PATH_STEP; i++) {
		u8 c;

		HIDE(i);
		c = (u8)p[i];
		if (!c)
			return start | end << 16 | before_end << 32 | PATH_END;
		if (c != '/') {
			if (before == '/') {
				before_end = end;
				start = from + i;
			}
			end = from + i + 1;
		}
		before = c;
	}
	return start | end << 16 | before_end << 32 | (before == '/' ? 0 : PATH_NAME);
}

/* Of the path s: where its last component starts and ends, and where the one before it ends (0: there is none), in 16 bits each, the
 * lowest first; end 0: no component. */
GLOBAL u64 lib_components(u64 element, u64 s)
{
	u64 known = 0;

	for (u64 i = 0; i < STRSIZE; i += PATH_STEP) {
		HIDE(i);
		known = lib_components_part(element, s + i, i, known);
		if (known & PATH_END)
			break;
	}
	return known;
}

/* String d = "." for the empty string s, else "/". */
INLINE u64 dot_or_slash(u64 element, u64 d, u64 s)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s);

	if (!to || !from)
		return 0;
	to[0] = *from ? '/' : '.';
	to[1] = '\0';
	return 1;
}

GLOBAL u64 lib_basename(u64 element, u64 d, u64 s)
{
	u64 c = lib_components(element, s), start = c & 0xffff, end = c >> 16 & 0xffff;

	return end ? lib_strset(element, d, s + start, end - start) : dot_or_slash(element, d, s);
}

GLOBAL u64 lib_dirname(u64 element, u64 d, u64 s)
{
	u64 c = lib_components(element, s), start = c & 0xffff, end = c >> 16 & 0xffff, before_end = c >> 32 & 0xffff;
	char *p;

	if (!end)
		return dot_or_slash(element, d, s);
	if (before_end)
		return lib_strset(element, d, s, before_end);
	p = spot(lib_element(element), d);
	if (!p)
		return 0;
	p[0] = start ? '/' : '.';
	p[1] = '\0';
	return 1;
}

/* The same, but of the last BACK_STEP of them: its place | DONE, or how many are left. */
#define BACK_STEP 32
GLOBAL u64 lib_back_slash_step(u64 element, u64 d, u64 n)
{
	const char *p = spot(lib_element(element), d);

	if (!p)
		return DONE;
	for (u64 i = 0; i < BACK_STEP; i++) {
		HIDE(i);
		n--;
		HIDE(n);
		if (n > STRSIZE) /* it was 0 */
			return DONE;
		if (p[n] == '/')
			return n | DONE;
	}
	return n;
}

/* The last slash in the first n bytes at d; 0: there is none. */
GLOBAL u64 lib_back_slash(u64 element, u64 d, u64 n)
{
	for (u64 i = 0; i <= STRSIZE; i += BACK_STEP) {
		HIDE(i);
		n = lib_back_slash_step(element, d, n);
		if (n & DONE)
			break;
	}
	return n & ~DONE;
}

/* A step of cleanpath: `at` is the place in the source (an offset in the element), in 32 bits, and above it how much of d is
 * written. Gives both anew. */
GLOBAL u64 lib_clean_step(u64 element, u64 d, u64 places)
{
	u64 at = places & 0xffffffff, n = places >> 32;
	char *e = lib_element(element), *p = spot(e, at), *to = spot(e, d + n);

	if (!p || !to || n >= STRSIZE - 1 || !p[0])
		return places | DONE;
	if (p[0] == '/' && p[1] == '/')
		return (at + 1) | n << 32;
	if (p[0] == '/' && p[1] == '.' && p[2] == '/')
		return (at + 2) | n << 32;
	if (p[0] == '/' && p[1] == '.' && p[2] == '.' && (p[3] == '/' || !p[3])) {
		bool ends = !p[3];

		n = lib_back_slash(element, d, n);
		if (ends) {
			to = spot(lib_element(element), d + n);
			if (to)
				*to = '/';
			n++;
		}
		return (at + 3) | n << 32;
	}
	*to = p[0];
	return (at + 1) | (n + 1) << 32;
}

/* d may be s: what is written is never in front of what is read. */
GLOBAL u64 lib_cleanpath(u64 element, u64 d, u64 s)
{
	u64 places = s;

	for (u64 i = 0; i < STRSIZE; i++) {
		HIDE(i);
		places = lib_clean_step(element, d, places);
		if (places & DONE)
			break;
	}
	return lib_strset(element, d, d, (places & ~DONE) >> 32);
}
