-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What was understood of answers' comments, fifty answers at a time; places that are not needed hold 0, which is no id.

-- name: response_readings
SELECT x.response_id, x.language, x.covered, x.low_effort, COALESCE(x.corrected, x.sentiment), x.score, x.corrected,
	x.emotions, x.mood, x.intent, x.urgent
FROM reading x
WHERE x.workspace_id = $1 AND x.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)

-- name: response_mentions
-- Of themes that are shown (reading/theme.h); what was joined with another theme is told as that.
SELECT m.response_id, COALESCE(u.id, t.id), COALESCE(u.code, t.code), COALESCE(u.name, t.name), m.span_from, m.span_len,
	COALESCE(m.shown, m.polarity), m.certainty, m.made_by, COALESCE(u.renamed, t.renamed)
FROM theme_mention m
JOIN theme t ON t.workspace_id = $1 AND t.id = m.theme_id
LEFT JOIN theme u ON u.workspace_id = $1 AND u.id = t.merged_into
WHERE m.workspace_id = $1 AND COALESCE(u.state, t.state) IN (0, 1) AND m.made_by <> 3 AND m.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
ORDER BY m.response_id, COALESCE(u.code, t.code), m.span_from, m.theme_id
