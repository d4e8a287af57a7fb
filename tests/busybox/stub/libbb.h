/* Just enough for build/patches' libbb/make_printable.c alone. */
#pragma once
#include <stdlib.h>
#include <unistd.h>
#define FAST_FUNC
#define ALIGN4
typedef signed char smallint;
int is_printable_wchar(unsigned wc);
char *make_printable(char *str);
const char *printable_on_tty(const char *str);
const char *printable_string(const char *str);
