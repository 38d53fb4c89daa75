-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Answers. RESPONSE_COLUMNS: every statement that reads whole answers lists these columns in this order, as
-- response_row reads them by number.

-- name: response_find
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM response r WHERE r.workspace_id = $1 AND r.id = $2

-- name: response_by_invitation
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM response r WHERE r.workspace_id = $1 AND r.invitation_id = $2

-- name: response_by_capture_key
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM response r WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.capture_key = $3

-- name: response_count
SELECT COUNT(*), MIN(c.id) FROM
(SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT 20000) c

-- name: response_insert
INSERT INTO response (workspace_id, id, survey_id, version, person_id, account_id, invitation_id, state, state_reason,
	score, comment, comment_folded, answers, language, channel, properties, source, capture_key, import_id,
	import_key, created_at, updated_at, submitted_at, first_scored_at, completed_at, time_clamped, edits,
	deleted_at, starred, transcript, customer_labels)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
	$25, $26, $27, $28, $29, $30, $31)
ON CONFLICT DO NOTHING

-- name: response_update
UPDATE response SET state = $3, state_reason = $4, score = $5, comment = $6, comment_folded = $7, answers = $8,
	properties = $9, language = $10, updated_at = $11, first_scored_at = $12, completed_at = $13, edits = $14,
	person_id = $15, account_id = $16, deleted_at = $17, transcript = $18, customer_labels = $19
WHERE workspace_id = $1 AND id = $2

-- name: response_star
UPDATE response SET starred = $3 WHERE workspace_id = $1 AND id = $2

-- name: response_delete
DELETE FROM response WHERE workspace_id = $1 AND id = $2

-- name: response_history_insert
INSERT INTO response_history (workspace_id, response_id, seq, at, actor, state, state_reason, score, comment, answers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: response_history_list
SELECT h.seq, h.at, h.actor, h.state, h.state_reason, h.score, h.comment, h.answers
FROM response_history h WHERE h.workspace_id = $1 AND h.response_id = $2 ORDER BY h.seq

-- name: response_page
-- Newest first, before a place in that order.
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM response r
WHERE r.workspace_id = $1 AND (r.submitted_at, r.id) < ($2, $3) AND r.submitted_at >= $4
ORDER BY r.submitted_at DESC, r.id DESC LIMIT $5

-- name: response_search_page
-- The same places with what is searched.
SELECT r.submitted_at, r.id, r.survey_id, r.comment_folded
FROM response r
WHERE r.workspace_id = $1 AND (r.submitted_at, r.id) < ($2, $3) AND r.submitted_at >= $4
ORDER BY r.submitted_at DESC, r.id DESC LIMIT $5

-- name: response_page_of_survey
SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, r.state_reason, r.score,
	r.comment, r.comment_folded, r.answers, r.language, r.channel, r.properties, r.source, r.capture_key, r.import_id,
	r.import_key, r.created_at, r.updated_at, r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped,
	r.edits, r.deleted_at, r.starred, r.transcript, r.customer_labels
FROM response r
WHERE r.workspace_id = $1 AND (r.submitted_at, r.id) < ($2, $3) AND r.submitted_at >= $4 AND r.survey_id = $6
ORDER BY r.submitted_at DESC, r.id DESC LIMIT $5
