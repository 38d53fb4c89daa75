-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Surveys and their versions. A survey's columns always stand in the order that survey_row reads.

-- name: survey_find
SELECT s.id, s.slug, s.public_slug, s.name, s.brand_id, s.kind, s.touchpoint_id, s.state, s.version, s.created_at,
	s.updated_at, b.name, t.code, s.revision, s.draft_revision, s.opens_at, s.closes_at, s.max_answers, s.taken,
	s.archived_at, s.deleted_at, s.gating_at, s.gating_by
FROM survey s
JOIN brand b ON b.workspace_id = $1 AND b.id = s.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = s.touchpoint_id
WHERE s.workspace_id = $1 AND s.id = $2

-- name: survey_find_by_slug
SELECT s.id, s.slug, s.public_slug, s.name, s.brand_id, s.kind, s.touchpoint_id, s.state, s.version, s.created_at,
	s.updated_at, b.name, t.code, s.revision, s.draft_revision, s.opens_at, s.closes_at, s.max_answers, s.taken,
	s.archived_at, s.deleted_at, s.gating_at, s.gating_by
FROM survey s
JOIN brand b ON b.workspace_id = $1 AND b.id = s.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = s.touchpoint_id
WHERE s.workspace_id = $1 AND s.slug = $2

-- name: survey_list
SELECT s.id, s.slug, s.public_slug, s.name, s.brand_id, s.kind, s.touchpoint_id, s.state, s.version, s.created_at,
	s.updated_at, b.name, t.code, s.revision, s.draft_revision, s.opens_at, s.closes_at, s.max_answers, s.taken,
	s.archived_at, s.deleted_at, s.gating_at, s.gating_by
FROM survey s
JOIN brand b ON b.workspace_id = $1 AND b.id = s.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = s.touchpoint_id
WHERE s.workspace_id = $1 ORDER BY s.created_at DESC, s.id DESC

-- name: survey_insert
INSERT INTO survey (workspace_id, id, slug, public_slug, name, brand_id, kind, touchpoint_id, state, version, created_at,
	updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

-- name: survey_update
UPDATE survey SET name = $3, brand_id = $4, kind = $5, touchpoint_id = $6, state = $7, version = $8, updated_at = $9,
	revision = $10, draft_revision = $11, opens_at = $12, closes_at = $13, max_answers = $14, archived_at = $15,
	deleted_at = $16, gating_at = $17, gating_by = $18
WHERE workspace_id = $1 AND id = $2

-- name: survey_take_place
-- One statement, so that of two who come at once for the last place one gets it.
UPDATE survey SET taken = COALESCE(taken, 0) + 1
WHERE workspace_id = $1 AND id = $2 AND COALESCE(taken, 0) < max_answers

-- name: survey_count_taken
-- 1 and 2 are the states of feedback/response.h that count.
UPDATE survey SET taken = (
	SELECT COUNT(*) FROM response r
	WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.score IS NOT NULL AND r.state IN (1, 2)
)
WHERE workspace_id = $1 AND id = $2

-- name: survey_slug_is_taken
SELECT COUNT(*) FROM survey s WHERE s.workspace_id = $1 AND s.slug = $2

-- name: survey_version_find
SELECT v.definition, v.created_at FROM survey_version v
WHERE v.workspace_id = $1 AND v.survey_id = $2 AND v.version = $3

-- name: survey_version_newest
SELECT v.definition, v.created_at FROM survey_version v
WHERE v.workspace_id = $1 AND v.survey_id = $2 ORDER BY v.version DESC LIMIT 1

-- name: survey_version_insert
INSERT INTO survey_version (workspace_id, survey_id, version, definition, created_at) VALUES ($1, $2, $3, $4, $5)

-- name: survey_version_replace
UPDATE survey_version SET definition = $4, created_at = $5
WHERE workspace_id = $1 AND survey_id = $2 AND version = $3

-- name: survey_is_answered
SELECT COUNT(*) FROM (
	SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.survey_id = $2 LIMIT 1
) answered

-- name: survey_is_counted
-- The states 1 and 2 of feedback/response.h count.
SELECT COUNT(*) FROM (
	SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.state IN (1, 2) LIMIT 1
) counted

-- name: survey_address_find [global]
SELECT a.workspace_id, a.survey_id FROM survey_address a WHERE a.slug = $1

-- name: survey_address_insert [global]
INSERT INTO survey_address (slug, workspace_id, survey_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- name: survey_workspace_demo
SELECT w.demo FROM workspace w WHERE w.workspace_id = $1
