-- What sharing needs beside links.

-- name: identity_secret
-- With it a customer's own server signs who uses the widget. The newest signs; the one before it is taken for a day.
CREATE TABLE IF NOT EXISTS identity_secret (
	workspace_id BIGINT NOT NULL,
	number BIGINT NOT NULL,
	secret BYTEA NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, number)
)
