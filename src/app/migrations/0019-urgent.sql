-- Comments that somebody should look at today.

-- name: reading_urgent
CREATE INDEX IF NOT EXISTS reading_urgent ON reading (workspace_id, response_id)
WHERE urgent <> 0
