-- name: workspace_name_reserve [global]
INSERT INTO workspace_name (name_folded, workspace_id, name) VALUES ($1, $2, $3)
ON CONFLICT (name_folded) DO NOTHING

-- name: workspace_name_find [global]
SELECT workspace_id, name FROM workspace_name WHERE name_folded = $1

-- name: workspace_name_list [global]
SELECT workspace_id, name FROM workspace_name ORDER BY workspace_id

-- name: workspace_name_drop [global]
DELETE FROM workspace_name WHERE name_folded = $1 AND workspace_id = $2

-- name: workspace_name_retype [global]
UPDATE workspace_name SET name = $3 WHERE name_folded = $1 AND workspace_id = $2

-- name: workspace_find
SELECT workspace_id, name, time_zone, week_start, demo, settings, created_at, totp_required, personal_data
FROM workspace WHERE workspace_id = $1

-- name: workspace_insert
INSERT INTO workspace (workspace_id, name, time_zone, week_start, demo, settings, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (workspace_id) DO NOTHING

-- name: workspace_rev_insert
INSERT INTO workspace_rev (workspace_id, rev) VALUES ($1, 0)
ON CONFLICT (workspace_id) DO NOTHING

-- name: workspace_update
UPDATE workspace SET name = $2, time_zone = $3, week_start = $4, settings = $5
WHERE workspace_id = $1

-- name: workspace_wants_second_step
SELECT totp_required FROM workspace WHERE workspace_id = $1

-- name: workspace_personal_mode
SELECT COALESCE(personal_data, 0) FROM workspace WHERE workspace_id = $1

-- name: workspace_set_personal_mode
UPDATE workspace SET personal_data = $2 WHERE workspace_id = $1

-- name: workspace_set_second_step
UPDATE workspace SET totp_required = $2 WHERE workspace_id = $1
