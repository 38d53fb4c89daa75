/* survey/brand.h - the name, colour and logo that a survey shows.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_BRAND_H
#define SURVEY_BRAND_H

#include "db/unit.h"

#define BRAND_NAME_MAX       120
#define BRAND_LOGO_MAX       (200u * 1000)
#define BRAND_COLOUR_DEFAULT STR("#2f5d8a")

struct brand {
	int64_t id;
	Str name;
	Str colour;    /* "#rrggbb", lower case */
	Str logo_type; /* "image/png" ...; at NULL: no logo */
	int64_t created_at, updated_at;
};

MUST_USE bool brand_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                         struct brand *out, struct err *err);
/* By name, case ignored. */
MUST_USE bool brand_find_by_name(struct db *db, struct arena *a, int64_t workspace, Str name,
                                 bool *found, struct brand *out, struct err *err);
/* In order of name. */
MUST_USE bool brand_list(struct db *db, struct arena *a, int64_t workspace, struct brand **out,
                         size_t *count, struct err *err);
MUST_USE bool brand_logo(struct db *db, struct arena *a, int64_t workspace, int64_t id, Str *bytes,
                         Str *type, struct err *err);
/* Where a page finds the logo: "/logo/{workspace}/{brand}?v={updated_at}"; at NULL without a logo. */
Str brand_logo_path(struct arena *a, int64_t workspace, const struct brand *brand);

/* The type that the first bytes tell, whatever the sender says: PNG, JPEG or WebP. */
MUST_USE bool brand_logo_type(Str bytes, Str *type, struct err *err);

struct brand_input {
	int64_t id;            /* 0: a new one */
	Str name, name_folded; /* at NULL: keep */
	Str colour;            /* at NULL: keep, or the default for a new one */
	bool sets_logo;        /* logo at NULL then removes it */
	Str logo, logo_type;
	Str actor;           /* for the audit log; at NULL: the command line */
	struct arena *arena; /* of the result */
	struct brand brand;  /* result */
};

/* Folds and checks what a person typed. On a worker or in a tool. */
MUST_USE bool brand_input_check(struct arena *a, struct brand_input *in, struct err *err);
/* A unit's function; input is a struct brand_input. ERR_CONFLICT when the name is taken. */
bool brand_save(struct db_tx *tx, void *input, struct err *err);

#endif
