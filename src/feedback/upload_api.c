/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "account/reply_json.h"
#include "base/csv.h"
#include "db/file.h"
#include "feedback/import_api.h"
#include "feedback/upload.h"
#include "net/spool.h"

#define HEAD_BYTES ((size_t)64 << 10)

bool import_may(const struct request *rq, struct err *err)
{
	return !rq->caller.team_scope.at ||
	       err_set(err, ERR_DENIED,
	               "Imports are for those who see the whole workspace, and you see your "
	               "team's part of it.");
}

static bool head_check(const struct request *rq, struct err *err)
{
	char *head = arena_alloc(rq->arena, HEAD_BYTES);
	int fd = open(rq->spool.at, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, head, HEAD_BYTES) : -1;
	int error = errno;
	if (fd >= 0)
		close(fd);
	if (got < 0)
		return err_set(err, ERR_IO, "%s: %s", rq->spool.at, strerror(error));
	if (got == 0)
		return err_set(err, ERR_INVALID, "The file is empty");
	return csv_head_check((Str){ head, (size_t)got }, err);
}

static bool name_read(struct request *rq, Str *out, struct err *err)
{
	Str name = str_trim(request_query(rq, "name"));
	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] == '/' || name.at[i] == '\\' || (unsigned char)name.at[i] < 0x20)
			return err_at(err, ERR_INVALID, "name",
			              "must be a file's name without folders");
	if (name.len == 0 || name.len > UPLOAD_NAME_MAX)
		return err_at(err, ERR_INVALID, "name", "is required, with at most %d bytes",
		              UPLOAD_NAME_MAX);
	*out = name;
	return true;
}

/* The file keeps its random name without what marks it as half. */
static bool keep_file(struct request *rq, Str *file, struct err *err)
{
	Str part = str_from(rq->spool, strlen(upload_folder(rq->store, rq->arena)) + 1);
	*file = str_slice(part, 0, str_find_char(part, '.', 0));
	return file_move(rq->spool.at, upload_path(rq->store, rq->arena, *file), err);
}

static bool create_prepare(struct request *rq, struct err *err)
{
	struct upload *in = ARENA_NEW(rq->arena, struct upload);
	in->size = rq->spool_size;
	in->created_by = rq->caller.name;
	rq->input = in;
	return import_may(rq, err) && name_read(rq, &in->name, err) && head_check(rq, err) &&
	       keep_file(rq, &in->file, err);
}

static bool create_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct upload *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_id(w, "id", in->id);
	json_put_key_text(w, "name", in->name);
	json_put_key_i64(w, "size", in->size);
	json_put_key_time(w, "created_at", in->created_at);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 201, err);
}

struct removal {
	int64_t id;
	const char *path;
};

static bool remove_prepare(struct request *rq, struct err *err)
{
	struct removal *in = ARENA_NEW(rq->arena, struct removal);
	struct upload upload;
	rq->input = in;
	if (!import_may(rq, err) || !request_param_id(rq, "upload", &in->id, err) ||
	    !upload_find(rq->db, rq->arena, rq->caller.workspace, in->id, &upload, err))
		return false;
	in->path = upload_path(rq->store, rq->arena, upload.file);
	return true;
}

static bool remove_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct removal *in = input;
	return upload_remove(tx, &in->id, err);
}

static bool remove_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct removal *in = rq->input;
	(void)err;
	unlink(in->path);
	rp->status = 204;
	return true;
}

const struct route upload_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/uploads",
	  .operation = "createUpload",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = SPOOL_PIECE,
	  .spools = true,
	  .names = true,
	  .prepare = create_prepare,
	  .apply = upload_add,
	  .reply = create_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/uploads/{upload}",
	  .operation = "deleteUpload",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .names = true,
	  .prepare = remove_prepare,
	  .apply = remove_apply,
	  .reply = remove_reply },
};
const size_t upload_route_count = sizeof upload_routes / sizeof upload_routes[0];
