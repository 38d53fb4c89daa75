/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/reply_json.h"

#define BODY_MAX ((size_t)4 << 20)

struct json_writer *reply_json(struct request *rq)
{
	struct json_writer *w = ARENA_NEW(rq->arena, struct json_writer);
	json_put_start(w, buf_in(rq->arena, BODY_MAX));
	return w;
}

bool reply_json_end(struct json_writer *w, struct reply *rp, int status, struct err *err)
{
	if (w->out->overflowed)
		return err_set(err, ERR_TOO_LARGE, "the reply would be too large");
	rp->status = status;
	rp->body = buf_str(w->out);
	return true;
}

bool reply_nothing(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rq;
	(void)err;
	rp->status = 204;
	rp->body = STR("");
	return true;
}
