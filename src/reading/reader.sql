-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Comments with what is kept of them. READER_COLUMNS: both list the same columns in the same order.

-- name: reader_page
-- Newest first, before an id.
SELECT r.id, r.survey_id, r.version, r.score, r.comment, r.language, x.input, x.engine, x.taxonomy,
	x.language, x.low_effort, x.sentiment, x.score, r.person_id, r.transcript, r.customer_labels
FROM response r LEFT JOIN reading x ON x.workspace_id = $1 AND x.response_id = r.id
WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3

-- name: reader_these
SELECT r.id, r.survey_id, r.version, r.score, r.comment, r.language, x.input, x.engine, x.taxonomy,
	x.language, x.low_effort, x.sentiment, x.score, r.person_id, r.transcript, r.customer_labels
FROM response r LEFT JOIN reading x ON x.workspace_id = $1 AND x.response_id = r.id
WHERE r.workspace_id = $1 AND r.id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
