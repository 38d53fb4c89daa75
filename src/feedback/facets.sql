-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: facets_page
SELECT r.id, r.survey_id, r.state, r.score, r.first_scored_at, r.submitted_at, r.channel, r.language, r.source,
	r.starred, r.properties, COALESCE(r.import_id, 0)
FROM response r WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3

-- name: facets_page_with_comments
SELECT r.id, r.survey_id, r.state, r.score, r.first_scored_at, r.submitted_at, r.channel, r.language, r.source,
	r.starred, r.properties, COALESCE(r.import_id, 0), r.comment_folded
FROM response r WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3

-- name: facets_tags
SELECT rt.response_id, t.name
FROM response_tag rt
JOIN tag t ON t.workspace_id = $1 AND t.id = rt.tag_id
WHERE rt.workspace_id = $1 AND rt.response_id >= $2 AND rt.response_id <= $3
ORDER BY rt.response_id DESC

-- name: facets_tag_names
SELECT t.name, t.name_folded FROM tag t WHERE t.workspace_id = $1 ORDER BY t.id

-- name: facets_import
SELECT i.file_name FROM import i WHERE i.workspace_id = $1 AND i.id = $2
