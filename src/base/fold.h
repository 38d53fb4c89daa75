/* base/fold.h - what makes two texts "the same" to a person who searches or signs in.
 *
 * Folded forms are stored in *_folded columns and compared byte by byte, so that every database engine agrees.
 * A change of what these functions return needs a migration that folds again. Results live in the arena. Bytes
 * that are not UTF-8 become U+FFFD. Nothing here depends on a locale.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define EMAIL_MAX 254

/* NFKC and full case folding, without invisible characters: "Straße" and "STRASSE", full-width and half-width
 * are the same. Turkish dotted and dotless i are all "i", so that "istanbul" finds "İSTANBUL" and "kadiköy" finds
 * "Kadıköy". Accents stay. Folding what is folded changes nothing. */
Str fold_text(struct arena *a, Str text);
/* In lower case, for showing: nothing else changes. */
Str fold_lower(struct arena *a, Str text);
/* Canonical composition alone. */
Str fold_nfc(struct arena *a, Str text);
/* The form of an email address that identifies its owner: trimmed, NFC, ASCII lower case, the domain as IDNA
 * says ("müller.de" is "xn--mller-kva.de"); dots and plus-tags stay. ERR_INVALID when it is no address. Quoted local
 * parts and literal IP addresses are refused. */
MUST_USE bool fold_email(struct arena *a, Str typed, Str *out, struct err *err);

#endif
