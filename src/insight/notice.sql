-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: notice_answers
-- Newest first; kinds that nobody has dealt with are told by their bits.
SELECT x.response_id, x.urgent, COALESCE(d.kinds, 0)
FROM reading x
JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
LEFT JOIN urgent_done d ON d.workspace_id = $1 AND d.response_id = x.response_id
WHERE x.workspace_id = $1 AND x.urgent <> 0 AND r.submitted_at >= $2 AND r.state IN (1, 2)
ORDER BY r.submitted_at DESC, x.response_id DESC LIMIT $3

-- name: notice_words
SELECT m.span_from, m.span_len FROM urgent_mention m
WHERE m.workspace_id = $1 AND m.response_id = $2 AND m.kind = $3 ORDER BY m.span_from

-- name: notice_rules
SELECT n.kind, n.is_on, n.snoozed_to FROM urgent_rule n WHERE n.workspace_id = $1

-- name: notice_rule_write
INSERT INTO urgent_rule (workspace_id, kind, is_on, snoozed_to, actor, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, kind) DO UPDATE SET is_on = excluded.is_on, snoozed_to = excluded.snoozed_to,
	actor = excluded.actor, changed_at = excluded.changed_at

-- name: notice_done_kinds
SELECT d.kinds FROM urgent_done d WHERE d.workspace_id = $1 AND d.response_id = $2

-- name: notice_done_write
INSERT INTO urgent_done (workspace_id, response_id, kinds, actor, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, response_id) DO UPDATE SET kinds = excluded.kinds, actor = excluded.actor, at = excluded.at
