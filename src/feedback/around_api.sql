-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What else the person of an answer said. RESPONSE_COLUMNS: see response.sql.

-- name: around_others
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM person o
JOIN person p ON p.workspace_id = $1
	AND (p.id = COALESCE(o.canonical_id, o.id) OR p.canonical_id = COALESCE(o.canonical_id, o.id))
JOIN response r ON r.workspace_id = $1 AND r.person_id = p.id
WHERE o.workspace_id = $1 AND o.id = $3 AND r.id <> $2 AND r.deleted_at IS NULL
ORDER BY r.submitted_at DESC, r.id DESC LIMIT $4
