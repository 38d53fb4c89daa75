-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The bin of surveys. Those with answers or imports stay.

-- name: survey_bin_next
SELECT s.id FROM survey s
WHERE s.workspace_id = $1 AND s.deleted_at < $2
	AND NOT EXISTS (SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.survey_id = s.id)
	AND NOT EXISTS (SELECT i.id FROM import i WHERE i.workspace_id = $1 AND i.survey_id = s.id)
ORDER BY s.id LIMIT 1

-- name: survey_bin_invitations
DELETE FROM invitation WHERE workspace_id = $1 AND survey_id = $2

-- name: survey_bin_survey
DELETE FROM survey WHERE workspace_id = $1 AND id = $2

-- name: survey_bin_address [global]
DELETE FROM survey_address WHERE workspace_id = $1 AND survey_id = $2
