-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Answers of test links: 6 is the state of feedback/response.h.

-- name: test_answers_list
SELECT r.id, r.properties FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.state = 6 AND r.source = $3 ORDER BY r.submitted_at, r.id LIMIT $4

-- name: test_answers_delete
DELETE FROM response WHERE workspace_id = $1 AND id = $2
