-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: learning_find
SELECT l.state, l.version, l.step, l.done, l.total, l.began_at, l.looked_at, l.comments, l.low, l.high, l.labels, l.drift, l.failed, l.generation
FROM learning l WHERE l.workspace_id = $1

-- name: learning_want
INSERT INTO learning (workspace_id, state, version, step, done, total, began_at, looked_at, comments, low, high, labels, drift, failed, generation)
VALUES ($1, 1, 0, 0, 0, 0, NULL, NULL, 0, 0, 0, 0, 0, NULL, 0)
ON CONFLICT (workspace_id) DO UPDATE SET state = CASE WHEN learning.state IN (2, 3) THEN 3 ELSE 1 END

-- name: learning_takes
UPDATE learning SET state = 2, step = 0, done = 0, total = 0, began_at = $2 WHERE workspace_id = $1

-- name: learning_goes
INSERT INTO learning (workspace_id, state, version, step, done, total, began_at, looked_at, comments, low, high, labels, drift, failed, generation)
VALUES ($1, 2, 0, $2, $3, $4, $5, NULL, 0, 0, 0, 0, 0, NULL, 0)
ON CONFLICT (workspace_id) DO UPDATE SET state = CASE WHEN learning.state IN (1, 3) THEN 3 ELSE 2 END, step = excluded.step,
	done = excluded.done, total = excluded.total, began_at = excluded.began_at

-- name: learning_rests
INSERT INTO learning (workspace_id, state, version, step, done, total, began_at, looked_at, comments, low, high, labels, drift, failed, generation)
VALUES ($1, 0, 0, 0, 0, 0, NULL, $2, $3, $4, $5, $6, 0, $7, 0)
ON CONFLICT (workspace_id) DO UPDATE SET state = CASE WHEN learning.state IN (1, 3) THEN 1 ELSE 0 END, step = 0, done = 0, total = 0,
	looked_at = excluded.looked_at, comments = excluded.comments, low = excluded.low, high = excluded.high, labels = excluded.labels, failed = excluded.failed

-- name: learning_use
UPDATE learning SET version = $2, drift = $3, generation = generation + CAST($4 AS BIGINT) WHERE workspace_id = $1

-- name: learnt_insert
INSERT INTO learnt (workspace_id, version, engine, lesson, learnt_at, took, comments, sampled, low, high, labels, changed, reread,
	sentiment, themes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: learnt_forget_models
UPDATE learnt SET sentiment = NULL, themes = NULL
WHERE workspace_id = $1 AND version < $2 AND (sentiment IS NOT NULL OR themes IS NOT NULL)

-- name: learnt_forget_old
DELETE FROM learnt WHERE workspace_id = $1 AND version <= $2

-- name: learnt_figure_insert
INSERT INTO learnt_figure (workspace_id, version, theme_id, kind, n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)

-- name: learnt_list
SELECT v.version, v.engine, v.lesson, v.learnt_at, v.took, v.comments, v.sampled, v.low, v.high, v.labels, v.changed, v.reread,
	CASE WHEN v.sentiment IS NULL THEN 0 ELSE 1 END, CASE WHEN v.themes IS NULL THEN 0 ELSE 1 END
FROM learnt v WHERE v.workspace_id = $1 ORDER BY v.version DESC

-- name: learnt_figures
SELECT f.version, f.theme_id, f.kind, f.n0, f.n1, f.n2, f.n3, f.n4, f.n5, f.n6, f.n7, f.n8, f.n9, f.n10, f.n11, f.n12, f.n13
FROM learnt_figure f WHERE f.workspace_id = $1 AND f.version = $2 ORDER BY f.theme_id, f.kind

-- name: learnt_history
SELECT f.version, f.theme_id, f.kind, f.n0, f.n1, f.n2, f.n3, f.n4, f.n5, f.n6, f.n7, f.n8, f.n9, f.n10, f.n11, f.n12, f.n13
FROM learnt_figure f WHERE f.workspace_id = $1 AND f.theme_id = 0 ORDER BY f.version DESC, f.kind

-- name: learnt_models_find
SELECT v.sentiment, v.themes FROM learnt v WHERE v.workspace_id = $1 AND v.version = $2
