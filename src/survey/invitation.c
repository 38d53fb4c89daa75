/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/invitation.h"

#include <inttypes.h>

#include "db/list.h"
#include "people/properties.h"
#include "survey/invitation.sql.h"
#include "survey/survey.h"

const char *invitation_state_name(enum invitation_state state)
{
	static const char *const names[] = {
#define INVITATION_NAME(kind, number, name) [number] = name,
		INVITATION_STATES(INVITATION_NAME)
#undef INVITATION_NAME
	};
	return names[state];
}

static bool invitation_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	*(struct invitation *)out = (struct invitation){
		.id = db_i64(rows, 0),
		.survey_id = db_i64(rows, 1),
		.person_id = db_i64(rows, 2),
		.channel = db_text(rows, 3, a),
		.properties = db_text(rows, 4, a),
		.state = (enum invitation_state)db_i64(rows, 5),
		.created_at = db_i64(rows, 6),
		.expires_at = db_i64(rows, 7),
		.revoked_at = db_i64(rows, 8),
	};
	int64_t state = db_i64(rows, 5);
	return (state >= INVITATION_OPEN && state <= INVITATION_REVOKED) ||
	       err_set(err, ERR_CORRUPT, "an invitation has the unknown state %" PRId64, state);
}

bool invitation_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                     struct invitation *out, struct err *err)
{
	bool found;
	struct invitation invitation;
	if (!db_one(db, &sql_invitation_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            invitation_row, &invitation, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no personal link %" PRId64, id);
	*out = invitation;
	return true;
}

bool invitation_set_state(struct db_tx *tx, int64_t id, enum invitation_state state,
                          struct err *err)
{
	if (!db_exec(tx->db, &sql_invitation_set_state,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_i64(state),
	                     state == INVITATION_REVOKED ? db_arg_i64(tx->now) : db_arg_null()),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_LINK, id);
	return true;
}

static bool insert(struct db_tx *tx, const struct invitation_new *in, int64_t person, int64_t *id,
                   struct err *err)
{
	*id = tx_new_id(tx);
	Str properties = in->properties.at ? in->properties : PROPERTIES_NONE;
	if (!db_exec(tx->db, &sql_invitation_insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id), db_arg_i64(in->survey_id),
	                     db_arg_id_or_null(person), db_arg_text(in->channel),
	                     db_arg_text(properties), db_arg_i64(INVITATION_OPEN),
	                     db_arg_i64(tx->now), db_arg_i64(in->expires_at)),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_LINK, *id);
	return true;
}

static bool kept_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct invitation *)out =
	    (struct invitation){ .id = db_i64(rows, 0), .expires_at = db_i64(rows, 1) };
	return true;
}

bool invitation_give(struct db_tx *tx, const struct invitation_new *in, struct invitation *out,
                     struct err *err)
{
	struct person person;
	bool found = false;
	if (!person_upsert(tx, in->who, 0, &person, err))
		return false;
	if (in->keep_since &&
	    !db_one(tx->db, &sql_invitation_newest_of,
	            DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(person.id),
	                    db_arg_i64(in->survey_id), db_arg_i64(INVITATION_REVOKED),
	                    db_arg_i64(in->keep_since), db_arg_i64(tx->now)),
	            kept_row, out, tx->arena, &found, err))
		return false;
	if (found)
		return true;
	*out = (struct invitation){ .expires_at = in->expires_at };
	return insert(tx, in, person.id, &out->id, err);
}

bool invitation_make(struct db_tx *tx, void *input, struct err *err)
{
	struct invitation_input *in = input;
	struct survey survey;
	struct person person;
	bool found;
	int64_t made;
	if (!idempotency_find(tx, &in->idempotency, &made, err))
		return false;
	in->replayed = made != 0;
	if (made)
		return invitation_find(tx->db, in->arena, tx->workspace, made, &in->invitation,
		                       err);
	if (!survey_find_by_slug(tx->db, tx->arena, tx->workspace, in->survey, &found, &survey,
	                         err))
		return false;
	if (!found)
		return err_at(err, ERR_INVALID, "/survey", "there is no survey \"%.*s\"",
		              STR_FMT(in->survey));
	if (survey.state == SURVEY_CLOSED)
		return err_at(err, ERR_CONFLICT, "/survey", "the survey is closed");
	if (!person_upsert(tx, &in->person, 0, &person, err))
		return false;
	struct invitation_new one = {
		.survey_id = survey.id,
		.channel = in->channel,
		.properties = in->properties,
		.expires_at = in->expires_at,
	};
	int64_t id;
	if (!insert(tx, &one, person.id, &id, err))
		return false;
	return idempotency_keep(tx, &in->idempotency, id, err) &&
	       invitation_find(tx->db, in->arena, tx->workspace, id, &in->invitation, err);
}

bool invitation_revoke(struct db_tx *tx, void *input, struct err *err)
{
	struct invitation_revoke_input *in = input;
	struct invitation old;
	if (!invitation_find(tx->db, tx->arena, tx->workspace, in->id, &old, err))
		return false;
	if (old.state != INVITATION_REVOKED &&
	    !invitation_set_state(tx, in->id, INVITATION_REVOKED, err))
		return false;
	return invitation_find(tx->db, in->arena, tx->workspace, in->id, &in->invitation, err);
}

bool invitation_forget(struct db_tx *tx, int64_t person, size_t max, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(tx->db, &sql_invitation_of_person,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(person),
	                     db_arg_i64((int64_t)max)),
	             db_row_i64, sizeof(int64_t), tx->arena, &items, count, err))
		return false;
	const int64_t *ids = items;
	for (size_t i = 0; i < *count; i++) {
		tx_changed(tx, CHANGE_LINK, ids[i]);
		if (!db_exec(tx->db, &sql_invitation_forget,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(ids[i]),
		                     db_arg_text(PROPERTIES_NONE), db_arg_i64(INVITATION_REVOKED),
		                     db_arg_i64(tx->now)),
		             NULL, err))
			return false;
	}
	return true;
}
