-- name: setup_step_list
SELECT step, state FROM setup_step WHERE workspace_id = $1

-- name: setup_step_set
INSERT INTO setup_step (workspace_id, step, state, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (workspace_id, step) DO UPDATE SET state = excluded.state, at = excluded.at
