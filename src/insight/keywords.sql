-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: keywords_comments
-- The language is that which was read, else that of the page.
SELECT r.id, r.comment, COALESCE(x.language, r.language), r.transcript, r.customer_labels
FROM response r LEFT JOIN reading x ON x.workspace_id = $1 AND x.response_id = r.id
WHERE r.workspace_id = $1 AND r.comment IS NOT NULL AND r.id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
