-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Whole answers with what they hang on, in pages in order of their ids. Somebody who was merged is shown as who they are.

-- name: export_page
SELECT r.id, r.submitted_at, s.slug, s.name, s.kind, b.name, t.code, r.score, r.comment, r.language, r.channel,
	r.state, r.state_reason, p.name,
	(SELECT MIN(i.typed) FROM identity i WHERE i.workspace_id = $1 AND i.person_id = p.id AND i.kind = 1),
	(SELECT MIN(i.typed) FROM identity i WHERE i.workspace_id = $1 AND i.person_id = p.id AND i.kind = 3),
	(SELECT MIN(i.typed) FROM identity i WHERE i.workspace_id = $1 AND i.person_id = p.id AND i.kind = 2),
	a.external_id, r.properties, r.answers, r.source, r.version, r.first_scored_at, r.completed_at, r.created_at,
	r.updated_at, r.time_clamped, r.edits, r.import_key, COALESCE(r.starred, 0), r.deleted_at,
	r.transcript, r.customer_labels, r.survey_id
FROM response r
JOIN survey s ON s.workspace_id = $1 AND s.id = r.survey_id
JOIN brand b ON b.workspace_id = $1 AND b.id = s.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = s.touchpoint_id
LEFT JOIN account a ON a.workspace_id = $1 AND a.id = r.account_id
LEFT JOIN person o ON o.workspace_id = $1 AND o.id = r.person_id
LEFT JOIN person p ON p.workspace_id = $1 AND p.id = COALESCE(o.canonical_id, o.id)
WHERE r.workspace_id = $1 AND r.id > $2
ORDER BY r.id LIMIT $3

-- name: export_history
SELECT h.response_id, h.seq, h.at, h.actor, h.state, h.state_reason, h.score, h.comment, h.answers
FROM response_history h
WHERE h.workspace_id = $1 AND h.response_id > $2 AND h.response_id <= $3
ORDER BY h.response_id, h.seq
