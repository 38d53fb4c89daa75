-- Invitations, two-step sign-in, sessions that can be listed, the progress of the set-up.

-- Global tables.

-- name: session_seen
ALTER TABLE session ADD COLUMN seen_at BIGINT

-- name: app_user_language
ALTER TABLE app_user ADD COLUMN language TEXT

-- name: app_user_time_zone
ALTER TABLE app_user ADD COLUMN time_zone TEXT

-- name: user_totp
-- The secret is sealed with a key that stands in DATA alone. Unconfirmed: shown, and not in force.
CREATE TABLE IF NOT EXISTS user_totp (
	user_id BIGINT NOT NULL PRIMARY KEY,
	secret BYTEA NOT NULL,
	last_step BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	confirmed_at BIGINT
)

-- name: user_recovery
CREATE TABLE IF NOT EXISTS user_recovery (
	user_id BIGINT NOT NULL,
	code_hash BYTEA NOT NULL,
	used_at BIGINT,
	PRIMARY KEY (user_id, code_hash)
)

-- name: login_step
-- A right password that waits for its second step.
CREATE TABLE IF NOT EXISTS login_step (
	token_hash BYTEA NOT NULL PRIMARY KEY,
	user_id BIGINT NOT NULL,
	workspace_id BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
)

-- name: server_setting
-- What the set-up in the browser says about this server. The command line, the environment and heed.conf win.
CREATE TABLE IF NOT EXISTS server_setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
)

-- Tenant tables.

-- name: workspace_totp
ALTER TABLE workspace ADD COLUMN totp_required INTEGER

-- name: invite
CREATE TABLE IF NOT EXISTS invite (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	email TEXT NOT NULL,
	email_folded TEXT NOT NULL,
	role INTEGER NOT NULL,
	team_id BIGINT,
	sees_names INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT,
	revoked_at BIGINT,
	PRIMARY KEY (workspace_id, id)
)

-- name: invite_by_token
CREATE UNIQUE INDEX IF NOT EXISTS invite_by_token ON invite (workspace_id, token_hash)

-- name: former_member
-- Who was removed, for as long as it can be undone.
CREATE TABLE IF NOT EXISTS former_member (
	workspace_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	role INTEGER NOT NULL,
	team_id BIGINT,
	sees_names INTEGER,
	created_at BIGINT NOT NULL,
	removed_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, user_id)
)

-- name: setup_step
CREATE TABLE IF NOT EXISTS setup_step (
	workspace_id BIGINT NOT NULL,
	step TEXT NOT NULL,
	state INTEGER NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, step)
)

-- name: audit_by_time
CREATE INDEX IF NOT EXISTS audit_by_time ON audit (workspace_id, at, id)
