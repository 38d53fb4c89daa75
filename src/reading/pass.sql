-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: pass_find
SELECT p.state, p.place, p.engine, p.taxonomy, p.total, p.done, p.began_at, p.ended_at,
	COALESCE(p.reason, 0)
FROM reading_pass p WHERE p.workspace_id = $1

-- name: pass_begin
INSERT INTO reading_pass (workspace_id, state, place, engine, taxonomy, total, done, began_at, ended_at, reason)
VALUES ($1, 1, $2, $3, $4, $5, 0, $6, NULL, $7)
ON CONFLICT (workspace_id) DO UPDATE SET state = 1, place = excluded.place, engine = excluded.engine,
	taxonomy = excluded.taxonomy, total = excluded.total, done = 0, began_at = excluded.began_at, ended_at = NULL,
	reason = excluded.reason

-- name: pass_cancel
UPDATE reading_pass SET state = 3, ended_at = $2 WHERE workspace_id = $1 AND state = 1

-- name: pass_go_on
UPDATE reading_pass SET place = $3, done = done + $4 WHERE workspace_id = $1 AND state = 1 AND place = $2 AND engine = $5 AND taxonomy = $6

-- name: pass_end
UPDATE reading_pass SET state = 2, place = 0, done = done + $3, ended_at = $4
WHERE workspace_id = $1 AND state = 1 AND place = $2 AND engine = $5 AND taxonomy = $6
