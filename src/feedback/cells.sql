-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Answers as cells need them, in pages in order of their ids, and what stands beside them.

-- name: cells_page
SELECT r.id, r.survey_id, r.version, r.state, r.score, r.first_scored_at, r.submitted_at, r.person_id, r.account_id,
	r.channel, r.language, r.import_id
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: cells_page_with_properties
SELECT r.id, r.survey_id, r.version, r.state, r.score, r.first_scored_at, r.submitted_at, r.person_id, r.account_id,
	r.channel, r.language, r.import_id, r.properties, r.source, r.starred
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: cells_page_with_comments
SELECT r.id, r.survey_id, r.version, r.state, r.score, r.first_scored_at, r.submitted_at, r.person_id, r.account_id,
	r.channel, r.language, r.import_id, r.properties, r.source, r.starred, r.comment_folded
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: cells_merged
SELECT p.id, p.canonical_id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id IS NOT NULL ORDER BY p.id

-- name: cells_people
SELECT p.id, p.created_at, p.traits FROM person p WHERE p.workspace_id = $1 AND p.id > $2 ORDER BY p.id LIMIT $3

-- name: cells_seen
SELECT r.id, r.person_id, r.first_scored_at, r.submitted_at
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: cells_tags
SELECT rt.response_id, t.name
FROM response_tag rt
JOIN tag t ON t.workspace_id = $1 AND t.id = rt.tag_id
WHERE rt.workspace_id = $1
ORDER BY rt.response_id, t.name_folded

-- name: cells_theme_codes
SELECT t.code FROM theme t WHERE t.workspace_id = $1 AND t.merged_into = 0 ORDER BY t.code

-- name: cells_themes
SELECT DISTINCT m.response_id, t.code
FROM theme_mention m
JOIN theme own ON own.workspace_id = $1 AND own.id = m.theme_id
JOIN theme t ON t.workspace_id = $1 AND t.id = CASE WHEN own.merged_into <> 0 THEN own.merged_into ELSE own.id END
WHERE m.workspace_id = $1 AND m.made_by <> 3 AND m.polarity > $2 AND m.polarity < $3
ORDER BY m.response_id, t.code

-- name: cells_readings
SELECT x.response_id, x.covered, x.low_effort, x.blind FROM reading x WHERE x.workspace_id = $1 ORDER BY x.response_id

-- name: cells_account
SELECT a.name, a.external_id FROM account a WHERE a.workspace_id = $1 AND a.id = $2

-- name: cells_account_people
SELECT p.account_id, COUNT(*) FROM person p
WHERE p.workspace_id = $1 AND p.account_id IS NOT NULL AND p.canonical_id IS NULL
GROUP BY p.account_id ORDER BY p.account_id

-- name: cells_comments
SELECT r.id, r.comment_folded FROM response r
WHERE r.workspace_id = $1 AND r.id > $2 AND r.comment_folded IS NOT NULL ORDER BY r.id LIMIT $3
