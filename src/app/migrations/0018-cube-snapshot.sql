-- Which file of packed columns is good, if any.

-- name: cube_snapshot
-- token 0: none. lost_rev: the last that deleted an answer or a person for good; no snapshot from before it is good.
CREATE TABLE IF NOT EXISTS cube_snapshot (
	workspace_id BIGINT NOT NULL PRIMARY KEY,
	token BIGINT NOT NULL,
	lost_rev BIGINT NOT NULL
)
