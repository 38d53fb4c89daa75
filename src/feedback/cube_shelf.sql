-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Which snapshot of the workspace's cube is good.

-- name: cube_snapshot_token
SELECT s.token FROM cube_snapshot s WHERE s.workspace_id = $1

-- name: cube_snapshot_keep
-- None of a rev from before the last loss.
INSERT INTO cube_snapshot (workspace_id, token, lost_rev) VALUES ($1, $2, 0)
ON CONFLICT (workspace_id) DO UPDATE SET token = excluded.token WHERE cube_snapshot.lost_rev <= $3

-- name: cube_snapshot_lose
-- The rev that the transaction is about to take.
INSERT INTO cube_snapshot (workspace_id, token, lost_rev)
SELECT CAST($1 AS BIGINT), 0, COALESCE(MAX(w.rev), 0) + 1 FROM workspace_rev w WHERE w.workspace_id = $1
ON CONFLICT (workspace_id) DO UPDATE SET token = 0, lost_rev = excluded.lost_rev
