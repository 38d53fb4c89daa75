/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include <inttypes.h>

#include "people/properties.h"
#include "people/person.sql.h"

/* A chain of merges longer than this is no chain that we made. */
#define MERGE_DEPTH_MAX 64

static bool person_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct person *)out = (struct person){
		.id = db_i64(rows, 0),
		.canonical_id = db_i64(rows, 1),
		.account_id = db_i64(rows, 2),
		.import_id = db_i64(rows, 3),
		.name = db_text(rows, 4, a),
		.traits = db_text(rows, 5, a),
		.created_at = db_i64(rows, 6),
		.updated_at = db_i64(rows, 7),
	};
	return true;
}

bool person_find(struct db *db, struct arena *a, int64_t workspace, int64_t id, struct person *out,
                 struct err *err)
{
	bool found;
	struct person p;
	if (!db_one(db, &sql_person_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            person_row, &p, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no person %" PRId64, id);
	*out = p;
	return true;
}

/* Follows the pointers of merges. */
static bool person_canonical(struct db *db, struct arena *a, int64_t workspace, struct person *p,
                             struct err *err)
{
	for (int depth = 0; p->canonical_id; depth++) {
		if (depth == MERGE_DEPTH_MAX)
			return err_set(err, ERR_CORRUPT, "person %" PRId64 " is merged in a circle",
			               p->id);
		if (!person_find(db, a, workspace, p->canonical_id, p, err))
			return false;
	}
	return true;
}

bool person_find_canonical(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                           struct person *out, struct err *err)
{
	struct person p;
	if (!person_find(db, a, workspace, id, &p, err) ||
	    !person_canonical(db, a, workspace, &p, err))
		return false;
	*out = p;
	return true;
}

bool person_find_by_identity(struct db *db, struct arena *a, int64_t workspace,
                             enum identity_kind kind, Str value, bool *found, struct person *out,
                             struct err *err)
{
	struct person p;
	if (!db_one(db, &sql_person_by_identity,
	            DB_ARGS(db_arg_i64(workspace), db_arg_i64(kind), db_arg_text(value)),
	            person_row, &p, a, found, err) ||
	    (*found && !person_canonical(db, a, workspace, &p, err)))
		return false;
	if (*found)
		*out = p;
	return true;
}

/* The canonical person who has this identity; id 0 when nobody does or it is not given. */
static bool holder(struct db_tx *tx, const struct identity *identity, struct person *out,
                   struct err *err)
{
	bool found;
	*out = (struct person){ 0 };
	return !identity->value.at ||
	       person_find_by_identity(tx->db, tx->arena, tx->workspace, identity->kind,
	                               identity->value, &found, out, err);
}

static bool attach(struct db_tx *tx, const struct identity *identity, int64_t person,
                   struct err *err)
{
	return db_exec(tx->db, &sql_identity_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(identity->kind),
	                       db_arg_text(identity->value), db_arg_text(identity->typed),
	                       db_arg_i64(person), db_arg_i64(tx->now)),
	               NULL, err);
}

/* Who has each identity of the reference. */
struct holders {
	struct person external_id, email, phone;
};

/* Whom the reference means; id 0: somebody new. An email whose holder has another external id, and a role address,
 * mean nobody when an external id is given. */
static bool choose(struct db_tx *tx, const struct person_ref *ref, const struct holders *h,
                   struct person *out, struct err *err)
{
	*out = h->external_id;
	if (out->id || (ref->external_id.value.at && ref->role_address))
		return true;
	if (!h->email.id) {
		if (!ref->external_id.value.at && !ref->email.value.at)
			*out = h->phone;
		return true;
	}
	int64_t external_ids = 0;
	if (ref->external_id.value.at &&
	    !db_one_i64(tx->db, &sql_identity_of_kind,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(h->email.id),
	                        db_arg_i64(IDENTITY_EXTERNAL_ID)),
	                0, &external_ids, err))
		return false;
	if (!external_ids)
		*out = h->email;
	return true;
}

static bool person_make(struct db_tx *tx, const struct person_ref *ref, int64_t account,
                        int64_t import_id, struct person *out, struct err *err)
{
	*out = (struct person){
		.id = tx_new_id(tx),
		.account_id = account,
		.import_id = import_id,
		.name = ref->name,
		.traits = ref->traits.at ? ref->traits : PROPERTIES_NONE,
		.created_at = tx->now,
		.updated_at = tx->now,
	};
	tx_changed(tx, CHANGE_PERSON, out->id);
	return db_exec(tx->db, &sql_person_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(out->id),
	                       db_arg_id_or_null(account), db_arg_text_or_null(out->name),
	                       db_arg_text(out->traits), db_arg_id_or_null(import_id),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

/* Writes only what differs. */
static bool person_learn(struct db_tx *tx, const struct person_ref *ref, int64_t account,
                         struct person *p, struct err *err)
{
	Str traits = p->traits;
	if (ref->traits.at && !properties_merge(tx->arena, p->traits, ref->traits, &traits, err))
		return false;
	Str name = ref->name.at ? ref->name : p->name;
	int64_t belongs = account ? account : p->account_id;
	if (str_eq(traits, p->traits) && str_eq(name, p->name) && belongs == p->account_id)
		return true;
	p->traits = traits;
	p->name = name;
	p->account_id = belongs;
	p->updated_at = tx->now;
	tx_changed(tx, CHANGE_PERSON, p->id);
	return db_exec(tx->db, &sql_person_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(p->id),
	                       db_arg_id_or_null(belongs), db_arg_text_or_null(name),
	                       db_arg_text(traits), db_arg_i64(tx->now)),
	               NULL, err);
}

static bool attach_new(struct db_tx *tx, const struct person_ref *ref, const struct holders *h,
                       int64_t person, struct err *err)
{
	const struct {
		const struct identity *identity;
		int64_t holder;
	} all[] = {
		{ &ref->external_id, h->external_id.id },
		{ &ref->email, h->email.id },
		{ &ref->phone, h->phone.id },
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i].identity->value.at && !all[i].holder &&
		    !attach(tx, all[i].identity, person, err))
			return false;
	return true;
}

static bool look_up(struct db_tx *tx, const struct person_ref *ref, struct holders *h,
                    struct person *out, struct err *err)
{
	return holder(tx, &ref->external_id, &h->external_id, err) &&
	       holder(tx, &ref->email, &h->email, err) && holder(tx, &ref->phone, &h->phone, err) &&
	       choose(tx, ref, h, out, err);
}

bool person_meant(struct db_tx *tx, const struct person_ref *ref, struct person *out,
                  struct err *err)
{
	struct holders h;
	return look_up(tx, ref, &h, out, err);
}

bool person_upsert(struct db_tx *tx, const struct person_ref *ref, int64_t import_id,
                   struct person *out, struct err *err)
{
	struct holders h;
	struct person p;
	int64_t account = 0;
	if (ref->account.at && !account_upsert(tx, ref->account, &account, err))
		return false;
	bool has_identity = ref->external_id.value.at || ref->email.value.at || ref->phone.value.at;
	if (!has_identity && !ref->name.at) {
		*out = (struct person){
			.account_id = account,
			.traits = ref->traits.at ? ref->traits : PROPERTIES_NONE,
		};
		return true;
	}
	if (!look_up(tx, ref, &h, &p, err))
		return false;
	bool known = p.id != 0;
	if (known ? !person_learn(tx, ref, account, &p, err)
	          : !person_make(tx, ref, account, import_id, &p, err))
		return false;
	if (!attach_new(tx, ref, &h, p.id, err))
		return false;
	*out = p;
	return true;
}

bool account_upsert(struct db_tx *tx, Str external_id, int64_t *id, struct err *err)
{
	int64_t known;
	if (!db_one_i64(tx->db, &sql_account_by_external_id,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(external_id)), 0, &known,
	                err))
		return false;
	if (!known) {
		known = tx_new_id(tx);
		if (!db_exec(tx->db, &sql_account_insert,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(known),
		                     db_arg_text(external_id), db_arg_text(external_id),
		                     db_arg_i64(tx->now)),
		             NULL, err))
			return false;
	}
	*id = known;
	return true;
}

static bool account_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct account_name *)out =
	    (struct account_name){ db_text(rows, 0, a), db_text(rows, 1, a) };
	return true;
}

bool account_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                  struct account_name *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_account_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            account_row, out, a, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no account %" PRId64, id);
}

bool person_merge(struct db_tx *tx, int64_t into, int64_t from, struct err *err)
{
	struct person kept, gone;
	if (!person_find(tx->db, tx->arena, tx->workspace, into, &kept, err) ||
	    !person_find(tx->db, tx->arena, tx->workspace, from, &gone, err))
		return false;
	if (into == from)
		return err_set(err, ERR_CONFLICT, "a person cannot be merged into itself");
	if (kept.canonical_id || gone.canonical_id)
		return err_set(err, ERR_CONFLICT, "one of the two is merged already");
	tx_changed(tx, CHANGE_PERSON, from);
	tx_changed(tx, CHANGE_PERSON, into);
	return db_exec(tx->db, &sql_person_point,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(from), db_arg_i64(into),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

bool person_unmerge(struct db_tx *tx, int64_t from, struct err *err)
{
	struct person gone;
	if (!person_find(tx->db, tx->arena, tx->workspace, from, &gone, err))
		return false;
	if (!gone.canonical_id)
		return err_set(err, ERR_CONFLICT, "person %" PRId64 " is not merged", from);
	tx_changed(tx, CHANGE_PERSON, from);
	tx_changed(tx, CHANGE_PERSON, gone.canonical_id);
	return db_exec(tx->db, &sql_person_point,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(from), db_arg_null(),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

bool person_remove(struct db_tx *tx, int64_t id, struct err *err)
{
	tx_changed(tx, CHANGE_PERSON, id);
	return db_exec(tx->db, &sql_person_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id)), NULL, err);
}
