/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/route.h"

#include "db/id.h"
#include "net/head.h"

Str request_header(const struct request *rq, const char *name)
{
	return head_field(rq->head, str_of(name));
}

Str request_param(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->head->param_count; i++)
		if (str_eq(rq->head->params[i].name, str_of(name)))
			return rq->head->params[i].value;
	return (Str){ NULL, 0 };
}

bool request_param_id(const struct request *rq, const char *name, int64_t *out, struct err *err)
{
	if (id_parse(request_param(rq, name), out, err))
		return true;
	return err_set(err, ERR_NOT_FOUND, "There is no %s of that id.", name);
}

Str request_query(const struct request *rq, const char *name)
{
	return form_find(&rq->head->query, name);
}

bool request_query_next(const struct request *rq, size_t *position, Str *name, Str *value)
{
	if (*position >= rq->head->query.count)
		return false;
	const struct form_field *field = &rq->head->query.fields[(*position)++];
	*name = field->name;
	*value = field->value;
	return true;
}

Str request_cookie(const struct request *rq, const char *name)
{
	return head_cookie(rq->head, str_of(name));
}
