/* base/banned.h - functions that this program does not use, made a compile error.
 *
 * The Makefile includes it before each source below src/. They write past buffers, keep hidden state, or
 * cannot say that they failed. Use Str, struct buf, str_to_i64 and base/zone.h instead.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* glibc makes macros of these for clang. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strncpy strcat strncat sprintf vsprintf gets strtok
#pragma GCC poison gmtime localtime ctime asctime
#pragma GCC poison atoi atol atoll atof rand srand
#pragma GCC poison system popen tmpnam tempnam mktemp

#endif
