/* people/person_json.h - a person as the API shows it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef PEOPLE_PERSON_JSON_H
#define PEOPLE_PERSON_JSON_H

#include "base/json.h"
#include "people/person.h"

/* Writes the person as a dict, with identities (those of merged persons too) and account read from the database. */
MUST_USE bool person_put(struct json_writer *w, struct db *db, struct arena *a, int64_t workspace,
                         const struct person *p, struct err *err);

#endif
