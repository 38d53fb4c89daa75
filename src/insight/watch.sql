-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Watches, alerts and the scores that each alert is about.

-- name: watch_list
SELECT w.kind, w.brand_id, w.touchpoint_id, w.state, w.begin_day, w.baseline_from, w.baseline_to, w.watched_to, w.series,
	w.promoters, w.passives, w.detractors, w.people, w.per_week, w.deff, b.name, t.code, t.name
FROM watch w
JOIN brand b ON b.workspace_id = $1 AND b.id = w.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = w.touchpoint_id
WHERE w.workspace_id = $1
ORDER BY w.kind, b.name, b.id, t.position, w.touchpoint_id

-- name: watch_put
INSERT INTO watch (workspace_id, kind, brand_id, touchpoint_id, state, begin_day, baseline_from, baseline_to, watched_to,
	series, promoters, passives, detractors, people, per_week, deff)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (workspace_id, kind, brand_id, touchpoint_id) DO UPDATE SET state = excluded.state,
	begin_day = excluded.begin_day, baseline_from = excluded.baseline_from, baseline_to = excluded.baseline_to,
	watched_to = excluded.watched_to, series = excluded.series, promoters = excluded.promoters,
	passives = excluded.passives, detractors = excluded.detractors, people = excluded.people,
	per_week = excluded.per_week, deff = excluded.deff

-- name: alert_list
SELECT a.id, a.raised_at, a.state, a.snoozed_to, a.changed_at, a.actor
FROM alert a WHERE a.workspace_id = $1
ORDER BY a.raised_at DESC, a.id DESC LIMIT $2

-- name: alert_find
SELECT a.id, a.raised_at, a.state, a.snoozed_to, a.changed_at, a.actor
FROM alert a WHERE a.workspace_id = $1 AND a.id = $2

-- name: alert_parts
SELECT p.kind, p.brand_id, p.touchpoint_id, p.seen_day, p.change_day, p.first_day, p.last_day, p.score_before,
	p.score_after, p.size, p.lo, p.hi, p.people_before, p.people_after, b.name, t.code, t.name
FROM alert_part p
JOIN brand b ON b.workspace_id = $1 AND b.id = p.brand_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = p.touchpoint_id
WHERE p.workspace_id = $1 AND p.alert_id = $2
ORDER BY p.kind, b.name, b.id, t.position, p.touchpoint_id

-- name: alert_like
-- The newest alert whose change may be the same: the same way ($4: -1 or 1), of days that overlap. What a score has raised
-- already is not raised again.
SELECT p.alert_id, p.kind, p.brand_id, p.touchpoint_id
FROM alert_part p
WHERE p.workspace_id = $1 AND p.first_day <= $2 AND p.last_day >= $3
	AND (CASE WHEN p.size < 0 THEN -1 ELSE 1 END) = $4
ORDER BY p.alert_id DESC, p.kind, p.brand_id, p.touchpoint_id

-- name: alert_insert
INSERT INTO alert (workspace_id, id, raised_at, state, snoozed_to) VALUES ($1, $2, $3, 1, 0)

-- name: alert_wake
UPDATE alert SET state = 1, snoozed_to = 0 WHERE workspace_id = $1 AND id = $2

-- name: alert_part_insert
INSERT INTO alert_part (workspace_id, alert_id, kind, brand_id, touchpoint_id, seen_day, change_day, first_day, last_day,
	score_before, score_after, size, lo, hi, people_before, people_after)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: alert_change
UPDATE alert SET state = $3, snoozed_to = $4, changed_at = $5, actor = $6 WHERE workspace_id = $1 AND id = $2
