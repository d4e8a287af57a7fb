/* SPDX-License-Identifier: GPL-2.0-only
 * Numbers of aggregations: the buckets of bpf/run/agg.c, and squares.
 */
#include "lib_in.h"

#include "bpf/run/agg.h"

GLOBAL u64 lib_quantize(u64 value)
{
	bool minus = (s64)value < 0;
	u64 bits = 0;

	if (minus)
		value = -value;
	/* bits: how many the number has */
	if (value >> 32) {
		bits += 32;
		value >>= 32;
	}
	if (value >> 16) {
		bits += 16;
		value >>= 16;
	}
	if (value >> 8) {
		bits += 8;
		value >>= 8;
	}
	if (value >> 4) {
		bits += 4;
		value >>= 4;
	}
	if (value >> 2) {
		bits += 2;
		value >>= 2;
	}
	bits += value > 1 ? 2 : value;
	if (bits > 63)
		bits = 63; /* INT64_MIN */
	return minus ? AGG_QUANT_ZERO - bits : AGG_QUANT_ZERO + bits;
}

/* step is not 0: ir_check. */
GLOBAL u64 lib_lquantize(u64 value, u64 base, u64 step, u64 last)
{
	u64 level;

	if ((s64)value < (s64)base)
		return 0;
	level = (value - base) / step;
	return level < last - 1 ? level + 1 : last;
}

GLOBAL u64 lib_power(u64 factor, u64 n)
{
	u64 v = 1;

	for (u64 i = 0; i < 64; i++) {
		HIDE(i);
		if (i >= n)
			break;
		v *= factor;
	}
	return v;
}

/* All numbers but the value are positive, and factor^(high + 1) fits in 63 bits: ir_check. */
GLOBAL u64 lib_llquantize(u64 value, u64 factor, u64 low, u64 high, u64 steps)
{
	u64 bucket = 1, to = lib_power(factor, low), from, n;

	if ((s64)value < (s64)to)
		return 0;
	for (u64 i = 0; i < 64; i++) { /* as many powers as fit */
		HIDE(i);
		if (i > high - low)
			break;
		from = to;
		to *= factor;
		n = to > steps ? steps : to;
		if (value < to)
			return bucket + (value - from) / (to / n);
		bucket += n - n / factor;
	}
	return bucket;
}

/* (a 2^32 + b)^2 = a^2 2^64 + 2ab 2^32 + b^2, and only what is above 64 bits is asked for. */
GLOBAL u64 lib_square_high(u64 value)
{
	u64 a, b, cross;

	if ((s64)value < 0)
		value = -value;
	a = value >> 32;
	b = value & 0xffffffff;
	cross = a * b * 2; /* a is at most 2^31 */
	return a * a + (cross >> 32) + (((cross & 0xffffffff) + (b * b >> 32)) >> 32);
}
