-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Of a person and of all who were merged into it, the newest first.

-- name: person_scope_answers
SELECT r.survey_id, r.properties FROM response r
WHERE r.workspace_id = $1 AND (r.person_id = $2 OR r.person_id IN (
	SELECT p.id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2))
ORDER BY r.id DESC

-- name: person_scope_links
SELECT i.survey_id, i.properties FROM invitation i
WHERE i.workspace_id = $1 AND (i.person_id = $2 OR i.person_id IN (
	SELECT p.id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2))
ORDER BY i.id DESC
