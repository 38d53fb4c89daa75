-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: scope_answers_of_person
-- Of the person and of all who were merged into it.
SELECT r.survey_id, r.properties FROM response r
WHERE r.workspace_id = $1 AND (r.person_id = $2 OR r.person_id IN (
	SELECT p.id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2))
ORDER BY r.id DESC
