/* text/personal_data.h - what in a comment tells who somebody is, or how to reach or charge them.
 *
 * Rather too much than too little: whatever has five digits or more in a row is found, and said to be a card number where
 * Luhn's check digit holds, an IBAN where its checksum does, a phone or account number where its form or a word before it
 * says so. Names are not found: nobody can tell them from words (feedback/mask.h takes those that are known).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_PERSONAL_DATA_H
#define TEXT_PERSONAL_DATA_H

#include "base/arena.h"
#include "base/str.h"

/* Kind, stable name; the surer the later. */
#define PERSONAL_KINDS(X)                                         \
	X(PERSONAL_NUMBER, "number") /* of an order, perhaps */   \
	X(PERSONAL_CODE, "code")     /* the same, with letters */ \
	X(PERSONAL_PHONE, "phone")                                \
	X(PERSONAL_ACCOUNT, "account")                            \
	X(PERSONAL_CARD, "card")                                  \
	X(PERSONAL_PAGE, "page")     /* an address on the web */  \
	X(PERSONAL_HANDLE, "handle") /* "@somebody" */            \
	X(PERSONAL_EMAIL, "email")                                \
	X(PERSONAL_IBAN, "iban")

#define PERSONAL_ENUM(kind, name) kind,
enum personal_kind { PERSONAL_KINDS(PERSONAL_ENUM) PERSONAL_KIND_COUNT };
#undef PERSONAL_ENUM

Str personal_kind_name(enum personal_kind kind);

struct personal_data {
	enum personal_kind kind;
	size_t from, len; /* bytes */
};

/* In order, without overlaps; those of different kinds may touch. In the arena. Any bytes may come. */
size_t personal_data_find(struct arena *a, Str text, struct personal_data **out);

#endif
