-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a filter of answers needs to know of the surveys.

-- name: filter_surveys
-- Those in the bin are out of lists and figures, with their answers.
SELECT s.id, s.slug, s.name, s.kind, s.brand_id, b.name, s.touchpoint_id, t.code, t.name
FROM survey s
JOIN brand b ON b.workspace_id = $1 AND b.id = s.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = s.touchpoint_id
WHERE s.workspace_id = $1 AND s.deleted_at IS NULL
ORDER BY s.kind, b.name_folded, s.brand_id, t.position NULLS FIRST, s.touchpoint_id NULLS FIRST, s.id

-- name: filter_survey_in_bin
SELECT COUNT(*) FROM (
	SELECT s.id FROM survey s WHERE s.workspace_id = $1 AND s.deleted_at IS NOT NULL LIMIT 1
) binned

-- name: filter_brand
SELECT COUNT(*) FROM brand b WHERE b.workspace_id = $1 AND (b.id = $2 OR b.name_folded = $3)

-- name: filter_touchpoint
SELECT COUNT(*) FROM touchpoint t WHERE t.workspace_id = $1 AND t.code = $2

-- name: filter_tagged
SELECT rt.response_id
FROM tag t
JOIN response_tag rt ON rt.workspace_id = $1 AND rt.tag_id = t.id
WHERE t.workspace_id = $1 AND t.name_folded = $2

-- name: filter_themed
SELECT DISTINCT m.response_id
FROM theme t
JOIN theme own ON own.workspace_id = $1 AND (own.id = t.id OR own.merged_into = t.id)
JOIN theme_mention m ON m.workspace_id = $1 AND m.theme_id = own.id AND m.made_by <> 3
WHERE t.workspace_id = $1 AND t.code = $2 AND t.merged_into = 0

-- name: filter_readings
SELECT x.response_id, x.covered, x.low_effort, x.blind, COALESCE(x.corrected, x.sentiment), x.mood, x.intent, x.urgent
FROM reading x WHERE x.workspace_id = $1

-- name: filter_urgent
SELECT x.response_id, x.covered, x.low_effort, x.blind, COALESCE(x.corrected, x.sentiment), x.mood, x.intent, x.urgent
FROM reading x WHERE x.workspace_id = $1 AND x.urgent <> 0
