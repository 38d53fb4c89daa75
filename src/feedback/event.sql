-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What was done to answers.

-- name: event_insert
INSERT INTO response_event (workspace_id, response_id, id, at, actor, what, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: event_list
SELECT e.response_id, e.id, e.at, e.actor, e.what, e.detail
FROM response_event e
WHERE e.workspace_id = $1 AND e.response_id > $2 AND e.response_id <= $3
ORDER BY e.response_id, e.at, e.id
