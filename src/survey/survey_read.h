/* survey/survey_read.h - a survey as JSON: what the API takes and what stands in a file for the command line.
 *
 *	{"name": "All customers", "slug": "customers", "brand": "Acme", "kind": "relationship", "touchpoint": null,
 *	 "state": "draft", "definition": {...}}
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SURVEY_READ_H
#define SURVEY_SURVEY_READ_H

#include "base/json.h"
#include "survey/survey.h"

/* Fills name, brand, kind, touchpoint and definition from what is given, and in->arena. The brand is named by `brand` or
 * `brand_id`; a name is looked up in the workspace. ERR_INVALID with the path. */
MUST_USE bool survey_read_new(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                              struct survey_input *in, struct err *err);
/* Without slug and state, which a change of the survey does not touch. */
MUST_USE bool survey_read_change(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                                 struct survey_input *in, struct err *err);

#endif
