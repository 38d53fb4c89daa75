-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: masking_find
SELECT m.state, m.place, m.total, m.done, m.masked, m.began_at, m.ended_at, COALESCE(m.leftover, 0) FROM masking m WHERE m.workspace_id = $1

-- name: masking_begin
INSERT INTO masking (workspace_id, state, place, total, done, masked, actor, began_at, ended_at)
VALUES ($1, 1, $2, $3, 0, 0, $4, $5, NULL)
ON CONFLICT (workspace_id) DO UPDATE SET state = 1, place = excluded.place, total = excluded.total, done = 0, masked = 0,
	actor = excluded.actor, began_at = excluded.began_at, ended_at = NULL

-- name: masking_cancel
UPDATE masking SET state = 3, ended_at = $2 WHERE workspace_id = $1 AND state = 1

-- name: masking_page
SELECT r.id, r.comment, r.edits FROM response r
WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3

-- name: masking_history
SELECT h.seq, h.comment FROM response_history h
WHERE h.workspace_id = $1 AND h.response_id = $2 AND h.comment IS NOT NULL ORDER BY h.seq

-- name: masking_write
-- What was changed meanwhile was masked by that.
UPDATE response SET comment = $3, comment_folded = $4 WHERE workspace_id = $1 AND id = $2 AND comment = $5

-- name: masking_write_past
-- What was changed meanwhile has the comment of before in its history, as it was.
UPDATE response_history SET comment = $3 WHERE workspace_id = $1 AND response_id = $2 AND comment = $4

-- name: masking_write_history
UPDATE response_history SET comment = $4 WHERE workspace_id = $1 AND response_id = $2 AND seq = $3

-- name: masking_move
UPDATE masking SET place = $3, done = done + $4, masked = masked + $5
WHERE workspace_id = $1 AND state = 1 AND place = $2 AND began_at = $6

-- name: masking_clean
UPDATE masking SET state = 4, place = 0 WHERE workspace_id = $1 AND state = 1 AND place = $2

-- name: masking_end
UPDATE masking SET state = 2, ended_at = $2, leftover = $3 WHERE workspace_id = $1 AND state = 4
