/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/brand.h"

#include <inttypes.h>

#include "account/audit.h"
#include "base/fold.h"
#include "db/list.h"
#include "survey/brand.sql.h"

static bool brand_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct brand *)out = (struct brand){
		.id = db_i64(rows, 0),
		.name = db_text(rows, 1, a),
		.colour = db_text(rows, 2, a),
		.logo_type = db_text(rows, 3, a),
		.created_at = db_i64(rows, 4),
		.updated_at = db_i64(rows, 5),
	};
	return true;
}

bool brand_find(struct db *db, struct arena *a, int64_t workspace, int64_t id, struct brand *out,
                struct err *err)
{
	bool found;
	struct brand brand;
	if (!db_one(db, &sql_brand_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), brand_row,
	            &brand, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no brand %" PRId64, id);
	*out = brand;
	return true;
}

bool brand_find_by_name(struct db *db, struct arena *a, int64_t workspace, Str name, bool *found,
                        struct brand *out, struct err *err)
{
	return db_one(db, &sql_brand_find_by_name,
	              DB_ARGS(db_arg_i64(workspace), db_arg_text(fold_text(a, str_trim(name)))),
	              brand_row, out, a, found, err);
}

bool brand_list(struct db *db, struct arena *a, int64_t workspace, struct brand **out,
                size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_brand_list, DB_ARGS(db_arg_i64(workspace)), brand_row,
	             sizeof(struct brand), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

struct logo {
	Str bytes, type;
};

static bool logo_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct logo *)out = (struct logo){ db_blob(rows, 0, a), db_text(rows, 1, a) };
	return true;
}

bool brand_logo(struct db *db, struct arena *a, int64_t workspace, int64_t id, Str *bytes,
                Str *type, struct err *err)
{
	bool found;
	struct logo logo;
	if (!db_one(db, &sql_brand_logo, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), logo_row,
	            &logo, a, &found, err))
		return false;
	if (!found || !logo.type.at)
		return err_set(err, ERR_NOT_FOUND, "there is no such logo");
	*bytes = logo.bytes;
	*type = logo.type;
	return true;
}

Str brand_logo_path(struct arena *a, int64_t workspace, const struct brand *brand)
{
	if (!brand->logo_type.at)
		return (Str){ 0 };
	return str_printf(a, "/logo/%" PRId64 "/%" PRId64 "?v=%" PRId64, workspace, brand->id,
	                  brand->updated_at);
}

bool brand_logo_type(Str bytes, Str *type, struct err *err)
{
	if (bytes.len > BRAND_LOGO_MAX)
		return err_at(err, ERR_TOO_LARGE, "/logo", "A logo has at most %u bytes.",
		              BRAND_LOGO_MAX);
	if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n")))
		*type = STR("image/png");
	else if (str_starts(bytes, STR("\xff\xd8\xff")))
		*type = STR("image/jpeg");
	else if (str_starts(bytes, STR("RIFF")) && str_eq(str_slice(bytes, 8, 4), STR("WEBP")))
		*type = STR("image/webp");
	else
		return err_at(err, ERR_INVALID, "/logo", "A logo is a PNG, JPEG or WebP picture.");
	return true;
}

static bool colour_check(struct arena *a, Str colour, Str *out, struct err *err)
{
	bool good = colour.len == 7 && colour.at[0] == '#';
	Str lower = str_ascii_lower(a, colour);
	for (size_t i = 1; good && i < lower.len; i++)
		good = (lower.at[i] >= '0' && lower.at[i] <= '9') ||
		       (lower.at[i] >= 'a' && lower.at[i] <= 'f');
	if (!good)
		return err_at(err, ERR_INVALID, "/colour", "must be like #2f5d8a");
	*out = lower;
	return true;
}

bool brand_input_check(struct arena *a, struct brand_input *in, struct err *err)
{
	if (in->name.at) {
		in->name = str_trim(in->name);
		if (!in->name.len)
			return err_at(err, ERR_INVALID, "/name", "must not be empty");
		if (in->name.len > BRAND_NAME_MAX)
			return err_at(err, ERR_INVALID, "/name", "is longer than %d bytes",
			              BRAND_NAME_MAX);
		in->name_folded = fold_text(a, in->name);
	} else if (!in->id) {
		return err_at(err, ERR_INVALID, "/name", "is required");
	}
	if (in->colour.at && !colour_check(a, in->colour, &in->colour, err))
		return false;
	if (!in->sets_logo || !in->logo.at)
		return true;
	return brand_logo_type(in->logo, &in->logo_type, err);
}

static bool name_is_free(struct db_tx *tx, const struct brand_input *in, struct err *err)
{
	bool found;
	struct brand other;
	if (!in->name.at)
		return true;
	if (!db_one(tx->db, &sql_brand_find_by_name,
	            DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(in->name_folded)), brand_row,
	            &other, tx->arena, &found, err))
		return false;
	return !found || other.id == in->id ||
	       err_at(err, ERR_CONFLICT, "/name", "another brand has this name");
}

static bool brand_insert(struct db_tx *tx, const struct brand_input *in, int64_t *id,
                         struct err *err)
{
	*id = tx_new_id(tx);
	return db_exec(tx->db, &sql_brand_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id), db_arg_text(in->name),
	                       db_arg_text(in->name_folded),
	                       db_arg_text(in->colour.at ? in->colour : BRAND_COLOUR_DEFAULT),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

static bool brand_update(struct db_tx *tx, const struct brand_input *in, const struct brand *old,
                         struct err *err)
{
	Str colour = in->colour.at ? in->colour : old->colour;
	if (!in->name.at)
		return db_exec(tx->db, &sql_brand_set_colour,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(old->id),
		                       db_arg_text(colour), db_arg_i64(tx->now)),
		               NULL, err);
	return db_exec(tx->db, &sql_brand_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(old->id),
	                       db_arg_text(in->name), db_arg_text(in->name_folded),
	                       db_arg_text(colour), db_arg_i64(tx->now)),
	               NULL, err);
}

bool brand_save(struct db_tx *tx, void *input, struct err *err)
{
	struct brand_input *in = input;
	struct brand old;
	int64_t id = in->id;
	if (id && !brand_find(tx->db, tx->arena, tx->workspace, id, &old, err))
		return false;
	if (!name_is_free(tx, in, err) ||
	    !(id ? brand_update(tx, in, &old, err) : brand_insert(tx, in, &id, err)))
		return false;
	if (in->sets_logo &&
	    !db_exec(tx->db, &sql_brand_set_logo,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id),
	                     in->logo.at ? db_arg_blob(in->logo) : db_arg_null(),
	                     db_arg_text_or_null(in->logo.at ? in->logo_type : (Str){ 0 }),
	                     db_arg_i64(tx->now)),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_BRAND, id);
	return brand_find(tx->db, in->arena, tx->workspace, id, &in->brand, err) &&
	       audit_write(tx, in->actor.at ? in->actor : AUDIT_COMMAND_LINE,
	                   in->id ? STR("brand.change") : STR("brand.create"), in->brand.name,
	                   STR(""), err);
}
