/* feedback/cube.h - the columnar projections of all workspaces: loaded when asked, kept up to date, dropped when old.
 *
 * The database is the truth. A cube is loaded from it in key-ordered pages (no read transaction outlives 200 ms), and
 * follows the change log from the rev that was read before the first page: rows that changed are read again whole. A cube
 * that was dropped, or that the log was pruned past, is loaded anew.
 *
 * cubes_view compares the workspace's rev. When the view is behind, one caller applies what is missing while the others
 * wait at most 50 ms and then take the view as it is. Where there is none yet, they wait for the first two seconds of its
 * load and are refused with ERR_LOADING then, which says how far it is. Views are counted; taking and giving back is a mutex and a number. What questions have
 * counted is forgotten, and then cubes that were not used longest are dropped, when all of it, with views still held, passes the
 * budget. A large cube is loaded from its snapshot, where there is a good one (feedback/cube_shelf.h), and followed up from there.
 * A cube that has a text of an answer or a person that is not in the database any more, and that nobody else has, is
 * loaded anew with the next question, once a minute at most. Any thread may call; one struct serves the process.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_H
#define FEEDBACK_CUBE_H

#include "db/db.h"
#include "feedback/cube_shelf.h"
#include "feedback/cube_view.h"

struct buf;
struct cells_kept;
struct clock;
struct cubes;

struct cubes_config {
	const struct clock *clock;
	size_t
	    budget; /* bytes over all workspaces; 0: a quarter of the memory that there is (cube_budget.h) */
	struct cube_shelf shelf; /* of snapshots; without a folder there are none */
	uint64_t save_rows;      /* cubes of fewer rows have none; 0: 100,000 */
};

struct cubes *cubes_open(const struct cubes_config *config);
/* No view may be held. NULL is fine. */
void cubes_close(struct cubes *cubes);

/* `db` is a reader bound to the workspace, outside a transaction. The view is the caller's until cubes_return. `as_of` (UTC
 * microseconds) is now, or when the view was last known to be at the workspace's rev. */
MUST_USE bool cubes_view(struct cubes *cubes, struct db *db, int64_t workspace, unsigned wants,
                         const struct cube_view **out, int64_t *as_of, struct err *err);
void cubes_return(struct cubes *cubes, const struct cube_view *view);
/* The workspace is being removed: its cube goes at once, and what somebody still asks of it is kept no longer than it is held. */
void cubes_forget(struct cubes *cubes, int64_t workspace);
/* Writes a snapshot of the workspace's cube when it is large, loaded, and so far from the last one that following up would take
 * long. *saved says whether it did. By one thread, in which much of a disk's time may go by; nobody waits for it. */
MUST_USE bool cubes_save(struct cubes *cubes, struct store *store, struct db *db, int64_t workspace,
                         bool *saved, struct err *err);
/* What questions have counted of the workspace's views; good as long as the cubes. */
struct cells_kept *cubes_kept(struct cubes *cubes, int64_t workspace);

struct cubes_stats {
	int64_t workspaces, rows, bytes,
	    reading; /* of the moment; reading: cubes that somebody brings up to date */
	int64_t counted, brought; /* questions that are kept: over all rows, or over what changed */
	int64_t loads, restores, saves, catch_ups, changes, drops,
	    waits; /* so far; restores: loads from a snapshot */
	int64_t load_us_last, catch_up_us_last;
	int64_t
	    lag_us_last; /* how old the view was that was given last; 0: as new as the database */
};
void cubes_stats(struct cubes *cubes, struct cubes_stats *out);
/* The same as lines of Prometheus' text; `cubes` is a struct cubes. For a server's metrics. */
void cubes_metrics(void *cubes, struct buf *out);

#endif
