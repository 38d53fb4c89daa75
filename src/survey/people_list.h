/* survey/people_list.h - a table of people as somebody's mail tool or spreadsheet has it: which column is what. Pure.
 *
 * Columns are known by their names in the tools' exports and in the languages that lists come in; nothing is guessed from
 * the cells. What is none of these, and no property of the survey, is passed through and never stored.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_PEOPLE_LIST_H
#define SURVEY_PEOPLE_LIST_H

#include "people/person.h"
#include "survey/definition.h"

#define PEOPLE_LIST_COLUMNS_MAX 200
#define PEOPLE_LIST_NONE        SIZE_MAX
#define PEOPLE_LIST_PROBLEM     "problem" /* header of the column that says why a row has no link */

/* field, name in a request */
#define PEOPLE_LIST_FIELDS(X)              \
	X(PEOPLE_LIST_EMAIL, "email")      \
	X(PEOPLE_LIST_PHONE, "phone")      \
	X(PEOPLE_LIST_ID, "external_id")   \
	X(PEOPLE_LIST_NAME, "name")        \
	X(PEOPLE_LIST_FIRST, "first_name") \
	X(PEOPLE_LIST_LAST, "last_name")   \
	X(PEOPLE_LIST_ACCOUNT, "account")  \
	X(PEOPLE_LIST_LANGUAGE, "language")

#define PEOPLE_LIST_ENUM(field, name) field,
enum people_list_field { PEOPLE_LIST_FIELDS(PEOPLE_LIST_ENUM) PEOPLE_LIST_FIELD_COUNT };
#undef PEOPLE_LIST_ENUM

const char *people_list_field_name(enum people_list_field field);

struct people_list_columns {
	size_t count; /* of the file */
	size_t
	    passed; /* of them, from the left; the rest are those that Heed added in an earlier run */
	Str link_name; /* of the column that Heed adds: "link", or "heed_link" beside one of that name */
	size_t of[PEOPLE_LIST_FIELD_COUNT]; /* index, or PEOPLE_LIST_NONE */
	size_t properties[DEFINITION_PROPERTIES_MAX];
	Str property_names[DEFINITION_PROPERTIES_MAX];
	size_t property_count;
};

/* From the first row. `named`: headers that the caller says, by field; at NULL: look for one. ERR_INVALID when nothing
 * there identifies a person, or a header that was named is missing. */
MUST_USE bool people_list_columns_find(struct arena *a, const Str *header, size_t count,
                                       const Str named[static PEOPLE_LIST_FIELD_COUNT],
                                       const struct definition *d, struct people_list_columns *out,
                                       struct err *err);
/* Who a row is, and the properties of the link. ERR_INVALID says what is wrong with it. */
MUST_USE bool people_list_row(struct arena *a, const struct people_list_columns *columns,
                              const Str *cells, size_t count, struct person_ref *who,
                              Str *properties, struct err *err);

#endif
