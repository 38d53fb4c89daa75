/* feedback/import_api.h - imports over HTTP: a file is sent, looked at, imported in the background, and taken back.
 *
 *	POST   /api/v1/uploads?name=answers.csv     the body is the file
 *	DELETE /api/v1/uploads/{upload}
 *	POST   /api/v1/imports/preview              what would become of it, and what must be asked
 *	POST   /api/v1/imports                      queues it
 *	GET    /api/v1/imports[/{import}]
 *	GET    /api/v1/imports/{import}/rejected    as CSV
 *	POST   /api/v1/imports/{import}/undo        also stops one that is under way
 *	POST   /api/v1/imports/{import}/again
 *
 * Imports bring answers from anywhere: they are not for members of a team, whose scope they could not keep.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_API_H
#define FEEDBACK_IMPORT_API_H

#include "feedback/import_runner.h"
#include "feedback/import_view.h"
#include "net/route.h"

struct import_room {
	struct import_views *views;
	struct import_runner *runner;
	int64_t upload_max; /* bytes */
};

extern const struct route upload_routes[], import_routes[];
extern const size_t upload_route_count, import_route_count;

/* ERR_DENIED for a member of a team. */
MUST_USE bool import_may(const struct request *rq, struct err *err);

#endif
