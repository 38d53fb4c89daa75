/* app/suggest.h - "did you mean": the nearest of some names to what was typed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SUGGEST_H
#define APP_SUGGEST_H

#include <stddef.h>

/* At most two slips away (a letter more, less, other or swapped), and nearer than half the word. NULL: none. */
const char *suggest(const char *typed, const char *const *candidates, size_t count);

#endif
