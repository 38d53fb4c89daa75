/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/erasure.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "feedback/cube_shelf.h"
#include "feedback/erasure.sql.h"
#include "feedback/response.h"
#include "people/person.h"
#include "survey/invitation.h"

/* Merged by hand: more are a circle. */
#define FAMILY_MAX 10000

static size_t room(const struct erasure_input *in)
{
	return ERASURE_AT_ONCE - in->answers - in->links;
}

static bool answers_go(struct db_tx *tx, struct erasure_input *in, int64_t person, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(tx->db, &sql_erasure_answers,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(person),
	                     db_arg_i64((int64_t)room(in))),
	             db_row_i64, sizeof(int64_t), tx->arena, &items, &count, err))
		return false;
	const int64_t *ids = items;
	for (size_t i = 0; i < count; i++)
		if (!response_remove(tx, ids[i], err))
			return false;
	in->answers += count;
	return true;
}

static bool links_go(struct db_tx *tx, struct erasure_input *in, int64_t person, struct err *err)
{
	size_t count;
	if (!invitation_forget(tx, person, room(in), &count, err))
		return false;
	in->links += count;
	return true;
}

/* What the persons said and were sent goes first; they themselves when nothing names them any more, all in one unit, so that
 * whoever asks again finds them. */
static bool family_goes(struct db_tx *tx, struct erasure_input *in, const int64_t *family,
                        size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!answers_go(tx, in, family[i], err) || !links_go(tx, in, family[i], err))
			return false;
	in->more = room(in) == 0;
	for (size_t i = 0; !in->more && i < count; i++)
		if (!person_remove(tx, family[i], err))
			return false;
	return true;
}

bool erasure_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct erasure_input *in = input;
	struct person person;
	int64_t *family;
	size_t count;
	in->answers = in->links = 0;
	if (!person_find_canonical(tx->db, tx->arena, tx->workspace, in->person, &person, err) ||
	    !person_family(tx->db, tx->arena, tx->workspace, person.id, FAMILY_MAX, &family, &count,
	                   err))
		return false;
	if (count == FAMILY_MAX)
		return err_set(err, ERR_CORRUPT, "person %" PRId64 " is merged in a circle",
		               person.id);
	if (!cube_shelf_lose(tx, err) || !family_goes(tx, in, family, count, err))
		return false;
	return audit_write(tx, in->actor, STR("person.erase"),
	                   str_printf(tx->arena, "%" PRId64, in->person),
	                   str_printf(tx->arena, "%zu answers", in->answers), err);
}
