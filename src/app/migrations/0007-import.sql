-- Imports that a server carries out: the files that were sent for them, and what is to be done with each.

-- name: upload
-- A file that was sent: DATA/uploads/{file}.
CREATE TABLE IF NOT EXISTS upload (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	file TEXT NOT NULL,
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: import_job
-- What was asked for, so that another process can go on with it. upload_id names a file that may be gone by now.
CREATE TABLE IF NOT EXISTS import_job (
	workspace_id BIGINT NOT NULL,
	import_id BIGINT NOT NULL,
	upload_id BIGINT NOT NULL,
	wishes TEXT NOT NULL,
	PRIMARY KEY (workspace_id, import_id),
	FOREIGN KEY (workspace_id, import_id) REFERENCES import (workspace_id, id) ON DELETE CASCADE
)

-- name: import_rows_total
ALTER TABLE import ADD COLUMN rows_total BIGINT

-- name: import_scored
ALTER TABLE import ADD COLUMN scored BIGINT

-- name: import_comments
ALTER TABLE import ADD COLUMN comments BIGINT

-- name: import_dismissed
ALTER TABLE import ADD COLUMN dismissed BIGINT

-- name: import_bad_addresses
ALTER TABLE import ADD COLUMN bad_addresses BIGINT

-- name: import_cut
ALTER TABLE import ADD COLUMN cut BIGINT

-- name: import_created_by
ALTER TABLE import ADD COLUMN created_by TEXT

-- name: import_why
ALTER TABLE import ADD COLUMN why TEXT
