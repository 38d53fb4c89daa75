-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: goes_with_page
-- The newest first, down to $3.
SELECT r.id, r.survey_id, r.version, r.answers FROM response r
WHERE r.workspace_id = $1 AND r.id < $2 AND r.id >= $3 ORDER BY r.id DESC LIMIT $4
