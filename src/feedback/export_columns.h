/* feedback/export_columns.h - the columns of an export, in their order, which import knows again.
 *
 * Stable: columns are added at the end, never renamed, moved or taken away. Everything a figure rests on is in them,
 * so that an export imported into an empty workspace exports the same bytes. Times are UTC with microseconds, empty is
 * "none"; transcript is 1, 0 or, where nobody says, empty; properties, answers, history, tags, notes and events are JSON. Not in them, as they mean nothing elsewhere: links, page keys, the
 * ids of surveys and persons.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_EXPORT_COLUMNS_H
#define FEEDBACK_EXPORT_COLUMNS_H

#define EXPORT_COLUMNS(X)                            \
	X(EXPORT_ID, "id")                           \
	X(EXPORT_SUBMITTED_AT, "submitted_at")       \
	X(EXPORT_SURVEY, "survey")                   \
	X(EXPORT_SURVEY_NAME, "survey_name")         \
	X(EXPORT_KIND, "survey_kind")                \
	X(EXPORT_BRAND, "brand")                     \
	X(EXPORT_TOUCHPOINT, "touchpoint")           \
	X(EXPORT_SCORE, "score")                     \
	X(EXPORT_COMMENT, "comment")                 \
	X(EXPORT_LANGUAGE, "language")               \
	X(EXPORT_CHANNEL, "channel")                 \
	X(EXPORT_STATE, "state")                     \
	X(EXPORT_STATE_REASON, "state_reason")       \
	X(EXPORT_NAME, "person_name")                \
	X(EXPORT_EMAIL, "person_email")              \
	X(EXPORT_PHONE, "person_phone")              \
	X(EXPORT_EXTERNAL_ID, "person_external_id")  \
	X(EXPORT_ACCOUNT, "account")                 \
	X(EXPORT_PROPERTIES, "properties")           \
	X(EXPORT_ANSWERS, "answers")                 \
	X(EXPORT_HISTORY, "history")                 \
	X(EXPORT_SOURCE, "source")                   \
	X(EXPORT_VERSION, "survey_version")          \
	X(EXPORT_FIRST_SCORED_AT, "first_scored_at") \
	X(EXPORT_COMPLETED_AT, "completed_at")       \
	X(EXPORT_CREATED_AT, "created_at")           \
	X(EXPORT_UPDATED_AT, "updated_at")           \
	X(EXPORT_TIME_CLAMPED, "time_clamped")       \
	X(EXPORT_EDITS, "edits")                     \
	X(EXPORT_IMPORT_KEY, "import_key")           \
	X(EXPORT_STARRED, "starred")                 \
	X(EXPORT_DELETED_AT, "deleted_at")           \
	X(EXPORT_TAGS, "tags")                       \
	X(EXPORT_NOTES, "notes")                     \
	X(EXPORT_EVENTS, "events")                   \
	X(EXPORT_TRANSCRIPT, "transcript")           \
	X(EXPORT_CUSTOMER_LABELS, "customer_labels")

#define EXPORT_ENUM(column, name) column,
enum export_column { EXPORT_COLUMNS(EXPORT_ENUM) EXPORT_COLUMN_COUNT };
#undef EXPORT_ENUM
/* Those of the first export that there was: one with fewer of the later ones is known, too. */
#define EXPORT_COLUMNS_FIRST (EXPORT_IMPORT_KEY + 1)

const char *export_column_name(enum export_column column);

#endif
