/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of networks as text: inet_ntoa(), inet_ntoa6(), inet_ntop() and link_ntop() of D, with the answers of
 * bpf/lang/eval_func.c, that is, of musl's inet_ntop(3). The text is made in the library's own slot (at least LIB_TEXT bytes).
 */
#include "lib_in.h"

#define FAMILY_IPV4 2
#define FAMILY_IPV6 10
/* From linux/if_arp.h. */
#define LINK_ETHER	1
#define LINK_INFINIBAND 32

INLINE char hex_digit(u64 v)
{
	v &= 15;
	return (char)(v < 10 ? '0' + v : 'a' - 10 + v);
}

/* 16 bits as %x at d; gives how many digits. */
GLOBAL u64 lib_put_hex(u64 element, u64 d, u64 v)
{
	char *p = spot(lib_element(element), d);
	u64 n = 1 + (v > 0xf) + (v > 0xff) + (v > 0xfff);

	if (!p)
		return 0;
	for (u64 i = 4; i > 0; i--) {
		HIDE(i);
		if (i <= n)
			*p++ = hex_digit(v >> (i - 1) * 4);
	}
	return n;
}

/* 8 bits as %d at d; gives how many digits. */
GLOBAL u64 lib_put_decimal(u64 element, u64 d, u64 v)
{
	char *p = spot(lib_element(element), d);

	if (!p)
		return 0;
	v &= 0xff;
	if (v >= 100)
		*p++ = (char)('0' + v / 100);
	if (v >= 10)
		*p++ = (char)('0' + v / 10 % 10);
	*p = (char)('0' + v % 10);
	return 1 + (v >= 10) + (v >= 100);
}

INLINE u64 group(const char *p, u64 i)
{
	return __builtin_bswap16(READ(uint16_t, p + 2 * i));
}

/* The longest run of zeros in the IPv6 address at `at`: musl measures it in the characters that "::" would take the place of, colons
 * on both sides included. Gives first | groups << 8; 0 groups: none is long enough. */
GLOBAL u64 lib_zero_groups(u64 element, u64 at, u64 groups)
{
	u64 best = 0, longest = 3;

	for (u64 i = 0; i < 8; i++) {
		u64 n, length;

		HIDE(i);
		n = lib_zero_run(element, at, i, groups);
		length = 2 * n + (i > 0 && i + n < 8);
		if (length > longest) {
			longest = length;
			best = i | n << 8;
		}
	}
	return best;
}

/* How many groups are zero from group `first` on, of so many. */
GLOBAL u64 lib_zero_run(u64 element, u64 at, u64 first, u64 groups)
{
	const char *p = spot(lib_element(element), at);
	u64 n = 0;

	if (!p || groups > 8)
		return 0;
	for (u64 i = 0; i < 8; i++) {
		HIDE(i);
		if (i < first)
			continue;
		if (i >= groups || group(p, i))
			break;
		n++;
	}
	return n;
}

/* The four bytes at `at` as text at d; gives its length, without a NUL. */
GLOBAL u64 lib_put_ipv4(u64 element, u64 d, u64 at)
{
	u64 start = d;

	for (u64 i = 0; i < 4; i++) {
		char *e = lib_element(element), *byte = spot(e, at + i), *to = spot(e, d);

		HIDE(i);
		if (!byte || !to)
			return 0;
		if (i) {
			*to = '.';
			d++;
		}
		d += lib_put_decimal(element, d, (u8)*byte);
	}
	return d - start;
}

/* Group i of the address at `at`, with the colon before it, at d; gives how much was written. Run: the first of the groups that "::" takes the
 * place of, how many they are (<< 8), and how many groups there are (<< 16). */
GLOBAL u64 lib_put_group(u64 element, u64 d, u64 at, u64 i, u64 run)
{
	u64 first = run & 0xff, zeros = run >> 8 & 0xff, groups = run >> 16 & 0xff, n = 0;
	char *e = lib_element(element), *from = spot(e, at + 2 * i), *to = spot(e, d);

	if (!from || !to || i >= groups)
		return 0;
	if (zeros && i >= first && i < first + zeros) {
		if (i != first)
			return 0;
		to[0] = ':'; /* the second one is that of the next group */
		if (first + zeros < groups)
			return 1;
		to[1] = ':';
		return 2;
	}
	if (i) {
		to[0] = ':';
		n = 1;
	}
	return n + lib_put_hex(element, d + n, group(from, 0));
}

GLOBAL u64 lib_put_ipv6(u64 element, u64 d, u64 at)
{
	char *p = spot(lib_element(element), at);
	u64 start = d, groups = 8, run;

	if (!p)
		return 0;
	if (load(p) == 0 && READ(u32, p + 8) == 0xffff0000)
		groups = 6;
	run = lib_zero_groups(element, at, groups) | groups << 16;
	for (u64 i = 0; i < 8; i++) {
		HIDE(i);
		d += lib_put_group(element, d, at, i, run);
	}
	if (groups == 6) {
		p = spot(lib_element(element), d);
		if (!p)
			return 0;
		*p = ':';
		d += 1 + lib_put_ipv4(element, d + 1, at + 12);
	}
	return d - start;
}

GLOBAL u64 lib_inet_ntop(u64 element, u64 d, u64 family, u64 address)
{
	u64 at, n;

	if (family != FAMILY_IPV4 && family != FAMILY_IPV6)
		return IR_FAULT_ILLOP;
	at = lib_addr(element, address, family == FAMILY_IPV4 ? 4 : 16);
	if (!at)
		return IR_FAULT_BADADDR;
	n = family == FAMILY_IPV4 ? lib_put_ipv4(element, TEXT, at) : lib_put_ipv6(element, TEXT, at);
	lib_strset(element, d, TEXT, n);
	return 0;
}

GLOBAL u64 lib_inet_ntoa(u64 element, u64 d, u64 address)
{
	return lib_inet_ntop(element, d, FAMILY_IPV4, address);
}

GLOBAL u64 lib_inet_ntoa6(u64 element, u64 d, u64 address)
{
	return lib_inet_ntop(element, d, FAMILY_IPV6, address);
}

GLOBAL u64 lib_link_ntop(u64 element, u64 d, u64 type, u64 address)
{
	char *from, *to;
	u64 n = type == LINK_ETHER ? 6 : 20, at;

	if (type != LINK_ETHER && type != LINK_INFINIBAND)
		return IR_FAULT_ILLOP;
	at = lib_addr(element, address, n);
	if (!at)
		return IR_FAULT_BADADDR;
	to = lib_element(element);
	from = spot(to, at);
	if (!to || !from)
		return 0;
	to += TEXT;
	for (u64 i = 0; i < 20; i++) {
		u8 byte;

		HIDE(i);
		if (i >= n)
			break;
		byte = (u8)from[i];
		to[3 * i] = hex_digit(byte >> 4);
		to[3 * i + 1] = hex_digit(byte);
		to[3 * i + 2] = ':';
	}
	lib_strset(element, d, TEXT, 3 * n - 1);
	return 0;
}
