-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Themes that alerts are about.

-- name: alert_themes
SELECT a.kind, a.brand_id, a.touchpoint_id, b.name, t.code, t.name, a.theme_id, m.code, m.name, m.renamed, a.seen_day, a.since_day,
	a.share_before, a.share_after, a.times, a.lo, a.hi, a.people, a.comments
FROM alert_theme a
JOIN brand b ON b.workspace_id = $1 AND b.id = a.brand_id
JOIN theme m ON m.workspace_id = $1 AND m.id = a.theme_id
LEFT JOIN touchpoint t ON t.workspace_id = $1 AND t.id = a.touchpoint_id
WHERE a.workspace_id = $1 AND a.alert_id = $2
ORDER BY a.kind, b.name, b.id, t.position, a.touchpoint_id, m.code

-- name: alert_theme_like
-- Of one score, raised for a rise that may be the same: one that began within some days.
SELECT a.alert_id, a.theme_id FROM alert_theme a
WHERE a.workspace_id = $1 AND a.kind = $2 AND a.brand_id = $3 AND a.touchpoint_id = $4 AND a.since_day >= $5 AND a.since_day <= $6
ORDER BY a.alert_id DESC

-- name: alert_theme_insert
INSERT INTO alert_theme (workspace_id, alert_id, kind, brand_id, touchpoint_id, theme_id, seen_day, since_day, share_before,
	share_after, times, lo, hi, people, comments)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
