-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: days_answer
SELECT r.survey_id, r.submitted_at, i.created_at
FROM response r LEFT JOIN invitation i ON i.workspace_id = $1 AND i.id = r.invitation_id
WHERE r.workspace_id = $1 AND r.id = $2

-- name: days_link
SELECT i.survey_id, i.created_at FROM invitation i WHERE i.workspace_id = $1 AND i.id = $2
