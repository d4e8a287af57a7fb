/* SPDX-License-Identifier: GPL-2.0-only
 * cmocka needs these four before itself; every unit test includes this file first.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
