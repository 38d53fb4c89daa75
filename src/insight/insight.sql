-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Answers as figures need them, in pages in order of their ids.

-- name: insight_page
SELECT r.id, r.survey_id, r.state, r.score, r.first_scored_at, r.person_id, r.account_id, r.channel, r.language,
	r.submitted_at
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: insight_page_with_properties
SELECT r.id, r.survey_id, r.state, r.score, r.first_scored_at, r.person_id, r.account_id, r.channel, r.language,
	r.submitted_at, r.properties, r.source, r.starred
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: insight_page_with_comments
SELECT r.id, r.survey_id, r.state, r.score, r.first_scored_at, r.person_id, r.account_id, r.channel, r.language,
	r.submitted_at, r.properties, r.source, r.starred, r.comment_folded
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: insight_merged
SELECT p.id, p.canonical_id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id IS NOT NULL ORDER BY p.id
