-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What stands in no column in memory, the newest first.

-- name: quality_rows
SELECT r.id, r.state, r.state_reason, r.survey_id, r.invitation_id, r.import_id, r.comment_folded
FROM response r
WHERE r.workspace_id = $1 AND r.id < $2 AND r.id >= $3
ORDER BY r.id DESC LIMIT $4
