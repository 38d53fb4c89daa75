-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: team_preview_page
SELECT r.submitted_at, r.id, r.survey_id, r.properties FROM response r
WHERE r.workspace_id = $1 AND (r.submitted_at, r.id) < ($2, $3) AND r.submitted_at >= $4 AND r.state <> $6
ORDER BY r.submitted_at DESC, r.id DESC LIMIT $5
