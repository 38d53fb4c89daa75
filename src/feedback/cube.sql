-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Answers as the cube has them. CUBE_COLUMNS: cube_read.c reads them by number. What a comment says is none of its
-- business, only whether there is one that search would find. Lists of fifty have 0, which is no id, in places that are
-- not needed.

-- name: cube_page
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.state, r.score,
	COALESCE(r.first_scored_at, r.submitted_at), r.channel, r.language, r.source, r.properties, r.starred, r.import_id,
	CASE WHEN r.comment_folded <> '' THEN 1 ELSE 0 END
FROM response r WHERE r.workspace_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3

-- name: cube_some
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.state, r.score,
	COALESCE(r.first_scored_at, r.submitted_at), r.channel, r.language, r.source, r.properties, r.starred, r.import_id,
	CASE WHEN r.comment_folded <> '' THEN 1 ELSE 0 END
FROM response r WHERE r.workspace_id = $1 AND r.id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
		$24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
		$44, $45, $46, $47, $48, $49, $50, $51)

-- name: cube_of_person
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.state, r.score,
	COALESCE(r.first_scored_at, r.submitted_at), r.channel, r.language, r.source, r.properties, r.starred, r.import_id,
	CASE WHEN r.comment_folded <> '' THEN 1 ELSE 0 END
FROM response r WHERE r.workspace_id = $1 AND r.person_id = $2 AND r.id > $3 ORDER BY r.id LIMIT $4

-- name: cube_merged
SELECT p.id, p.canonical_id FROM person p
WHERE p.workspace_id = $1 AND p.canonical_id IS NOT NULL AND p.id > $2 ORDER BY p.id LIMIT $3

-- name: cube_tag_names
SELECT t.id, t.name_folded FROM tag t WHERE t.workspace_id = $1 ORDER BY t.id

-- name: cube_taggings
SELECT x.response_id, x.tag_id FROM response_tag x
WHERE x.workspace_id = $1 AND (x.response_id, x.tag_id) > ($2, $3) ORDER BY x.response_id, x.tag_id LIMIT $4

-- name: cube_taggings_of_some
SELECT x.response_id, x.tag_id FROM response_tag x
WHERE x.workspace_id = $1 AND x.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
		$24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
		$44, $45, $46, $47, $48, $49, $50, $51)
ORDER BY x.response_id, x.tag_id

-- name: cube_theme_names
SELECT t.id, t.code, t.merged_into FROM theme t WHERE t.workspace_id = $1 ORDER BY t.id

-- name: cube_readings
SELECT x.response_id, x.covered, x.low_effort, x.blind FROM reading x
WHERE x.workspace_id = $1 AND x.response_id > $2 ORDER BY x.response_id LIMIT $3

-- name: cube_readings_of_some
SELECT x.response_id, x.covered, x.low_effort, x.blind FROM reading x
WHERE x.workspace_id = $1 AND x.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
		$24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
		$44, $45, $46, $47, $48, $49, $50, $51)
ORDER BY x.response_id

-- name: cube_mentions
-- made_by 3: somebody took it away. A theme that was joined with another counts as that one.
SELECT x.response_id, x.theme_id, x.span_from, x.polarity, x.made_by, t.merged_into FROM theme_mention x
JOIN theme t ON t.workspace_id = $1 AND t.id = x.theme_id
WHERE x.workspace_id = $1 AND (x.response_id, x.theme_id, x.span_from) > ($2, $3, $4)
ORDER BY x.response_id, x.theme_id, x.span_from LIMIT $5

-- name: cube_mentions_of_some
SELECT x.response_id, x.theme_id, x.span_from, x.polarity, x.made_by, t.merged_into FROM theme_mention x
JOIN theme t ON t.workspace_id = $1 AND t.id = x.theme_id
WHERE x.workspace_id = $1 AND x.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
		$24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
		$44, $45, $46, $47, $48, $49, $50, $51)
ORDER BY x.response_id, x.theme_id, x.span_from

-- name: cube_persons
SELECT p.id, p.canonical_id, p.created_at, p.traits FROM person p
WHERE p.workspace_id = $1 AND p.id > $2 ORDER BY p.id LIMIT $3

-- name: cube_person
SELECT p.id, p.canonical_id, p.created_at, p.traits FROM person p WHERE p.workspace_id = $1 AND p.id = $2

-- name: cube_person_merged
SELECT p.id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2 ORDER BY p.id

-- name: cube_row_count
SELECT COUNT(*) FROM response r WHERE r.workspace_id = $1
