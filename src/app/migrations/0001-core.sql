-- The first schema. Rules: docs/architecture.md, "One SQL". Tenant tables carry workspace_id first in every key;
-- global tables (on the allowlist of tests/db/schema) carry none. Times are UTC microseconds, booleans 0/1, JSON is
-- opaque TEXT, *_folded columns are folded in C. The runner adds WITHOUT ROWID on SQLite.

-- Global tables.

-- name: process
-- Numbers for ids, leased for the life of a process.
CREATE TABLE IF NOT EXISTS process (
	number BIGINT NOT NULL PRIMARY KEY,
	owner TEXT NOT NULL,
	expires_at BIGINT NOT NULL
)

-- name: app_user
CREATE TABLE IF NOT EXISTS app_user (
	id BIGINT NOT NULL PRIMARY KEY,
	email TEXT NOT NULL,
	email_folded TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	password_hash TEXT,
	created_at BIGINT NOT NULL,
	disabled_at BIGINT
)

-- name: session
CREATE TABLE IF NOT EXISTS session (
	token_hash BYTEA NOT NULL PRIMARY KEY,
	user_id BIGINT NOT NULL,
	workspace_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL
)

-- name: session_by_user
CREATE INDEX IF NOT EXISTS session_by_user ON session (user_id)

-- name: login_link
CREATE TABLE IF NOT EXISTS login_link (
	token_hash BYTEA NOT NULL PRIMARY KEY,
	user_id BIGINT NOT NULL,
	workspace_id BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
)

-- name: workspace_name
-- Which workspaces there are, by folded name.
CREATE TABLE IF NOT EXISTS workspace_name (
	name_folded TEXT NOT NULL PRIMARY KEY,
	workspace_id BIGINT NOT NULL,
	name TEXT NOT NULL
)

-- name: user_workspace
CREATE TABLE IF NOT EXISTS user_workspace (
	user_id BIGINT NOT NULL,
	workspace_id BIGINT NOT NULL,
	PRIMARY KEY (user_id, workspace_id)
)

-- name: survey_address
-- The slug in a public link /s/{slug}, unique on this server. A survey's own slug is unique in its workspace; when another
-- workspace has taken it here, the public one gets a suffix.
CREATE TABLE IF NOT EXISTS survey_address (
	slug TEXT NOT NULL PRIMARY KEY,
	workspace_id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL
)

-- Tenant tables.

-- name: workspace
CREATE TABLE IF NOT EXISTS workspace (
	workspace_id BIGINT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	time_zone TEXT NOT NULL,
	week_start INTEGER NOT NULL,
	demo INTEGER NOT NULL,
	settings TEXT NOT NULL,
	created_at BIGINT NOT NULL
)

-- name: workspace_rev
CREATE TABLE IF NOT EXISTS workspace_rev (
	workspace_id BIGINT NOT NULL PRIMARY KEY,
	rev BIGINT NOT NULL
)

-- name: change
CREATE TABLE IF NOT EXISTS change (
	workspace_id BIGINT NOT NULL,
	rev BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, rev, seq)
)

-- name: change_cursor
CREATE TABLE IF NOT EXISTS change_cursor (
	workspace_id BIGINT NOT NULL,
	consumer TEXT NOT NULL,
	rev BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, consumer)
)

-- name: link_key
-- Signs link tokens and response handles; moves with backups so that links in old mails keep working.
CREATE TABLE IF NOT EXISTS link_key (
	workspace_id BIGINT NOT NULL,
	kid INTEGER NOT NULL,
	secret BYTEA NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, kid)
)

-- name: membership
CREATE TABLE IF NOT EXISTS membership (
	workspace_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	role INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, user_id)
)

-- name: api_key
CREATE TABLE IF NOT EXISTS api_key (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	secret_hash BYTEA NOT NULL,
	name TEXT NOT NULL,
	scope INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	created_by BIGINT,
	revoked_at BIGINT,
	PRIMARY KEY (workspace_id, id)
)

-- name: api_key_by_secret
CREATE UNIQUE INDEX IF NOT EXISTS api_key_by_secret ON api_key (workspace_id, secret_hash)

-- name: audit
CREATE TABLE IF NOT EXISTS audit (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail TEXT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: idempotency
-- Replies kept for 24 hours by key, with a hash of the request body.
CREATE TABLE IF NOT EXISTS idempotency (
	workspace_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	body_hash BYTEA NOT NULL,
	subject_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, key)
)

-- name: idempotency_by_age
CREATE INDEX IF NOT EXISTS idempotency_by_age ON idempotency (workspace_id, created_at)

-- name: account
-- A customer organisation that several persons may belong to.
CREATE TABLE IF NOT EXISTS account (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	external_id TEXT NOT NULL,
	name TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: account_by_external_id
CREATE UNIQUE INDEX IF NOT EXISTS account_by_external_id ON account (workspace_id, external_id)

-- name: person
-- canonical_id points at the person this one was merged into; rows never move.
CREATE TABLE IF NOT EXISTS person (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	canonical_id BIGINT,
	account_id BIGINT,
	name TEXT,
	traits TEXT NOT NULL,
	import_id BIGINT,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, account_id) REFERENCES account (workspace_id, id)
)

-- name: person_by_canonical
CREATE INDEX IF NOT EXISTS person_by_canonical ON person (workspace_id, canonical_id, id)
WHERE canonical_id IS NOT NULL

-- name: identity
-- One address or id of a person: value is the folded form, typed what was given.
CREATE TABLE IF NOT EXISTS identity (
	workspace_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	value TEXT NOT NULL,
	typed TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, kind, value),
	FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id) ON DELETE CASCADE
)

-- name: identity_by_person
CREATE INDEX IF NOT EXISTS identity_by_person ON identity (workspace_id, person_id)

-- name: brand
CREATE TABLE IF NOT EXISTS brand (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	colour TEXT NOT NULL,
	logo BYTEA,
	logo_type TEXT,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: brand_by_name
CREATE UNIQUE INDEX IF NOT EXISTS brand_by_name ON brand (workspace_id, name_folded)

-- name: touchpoint
CREATE TABLE IF NOT EXISTS touchpoint (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: touchpoint_by_code
CREATE UNIQUE INDEX IF NOT EXISTS touchpoint_by_code ON touchpoint (workspace_id, code)

-- name: survey
-- definition is the newest version's; survey_version keeps each.
CREATE TABLE IF NOT EXISTS survey (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	slug TEXT NOT NULL,
	public_slug TEXT NOT NULL,
	name TEXT NOT NULL,
	brand_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	touchpoint_id BIGINT,
	state INTEGER NOT NULL,
	version INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, brand_id) REFERENCES brand (workspace_id, id),
	FOREIGN KEY (workspace_id, touchpoint_id) REFERENCES touchpoint (workspace_id, id)
)

-- name: survey_by_slug
CREATE UNIQUE INDEX IF NOT EXISTS survey_by_slug ON survey (workspace_id, slug)

-- name: survey_version
CREATE TABLE IF NOT EXISTS survey_version (
	workspace_id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	definition TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, survey_id, version),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id) ON DELETE CASCADE
)

-- name: invitation
-- A personal link /r/{token}. state: see survey/invitation.h.
CREATE TABLE IF NOT EXISTS invitation (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	person_id BIGINT,
	channel TEXT NOT NULL,
	properties TEXT NOT NULL,
	state INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id),
	FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
)

-- name: invitation_by_person
CREATE INDEX IF NOT EXISTS invitation_by_person ON invitation (workspace_id, person_id)
WHERE person_id IS NOT NULL

-- name: import
CREATE TABLE IF NOT EXISTS import (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	file_name TEXT NOT NULL,
	state INTEGER NOT NULL,
	mapping TEXT NOT NULL,
	rows_read BIGINT NOT NULL,
	rows_added BIGINT NOT NULL,
	rows_known BIGINT NOT NULL,
	rows_rejected BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	finished_at BIGINT,
	undone_at BIGINT,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id)
)

-- name: response
-- state, score and comment are the last values; response_history keeps all. first_scored_at dates the answer in every
-- figure. properties are the person's traits and the link's parameters as they were then.
CREATE TABLE IF NOT EXISTS response (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	person_id BIGINT,
	account_id BIGINT,
	invitation_id BIGINT,
	state INTEGER NOT NULL,
	state_reason TEXT,
	score INTEGER,
	comment TEXT,
	comment_folded TEXT,
	answers TEXT NOT NULL,
	language TEXT NOT NULL,
	channel TEXT NOT NULL,
	properties TEXT NOT NULL,
	source TEXT NOT NULL,
	capture_key TEXT,
	import_id BIGINT,
	import_key BYTEA,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	submitted_at BIGINT NOT NULL,
	first_scored_at BIGINT,
	completed_at BIGINT,
	time_clamped INTEGER NOT NULL,
	edits INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id),
	FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
	FOREIGN KEY (workspace_id, account_id) REFERENCES account (workspace_id, id),
	FOREIGN KEY (workspace_id, invitation_id) REFERENCES invitation (workspace_id, id),
	FOREIGN KEY (workspace_id, import_id) REFERENCES import (workspace_id, id)
)

-- name: response_by_invitation
-- One answer per personal link.
CREATE UNIQUE INDEX IF NOT EXISTS response_by_invitation ON response (workspace_id, invitation_id)
WHERE invitation_id IS NOT NULL

-- name: response_by_capture_key
-- One answer per page that was shown.
CREATE UNIQUE INDEX IF NOT EXISTS response_by_capture_key ON response (workspace_id, survey_id, capture_key)
WHERE capture_key IS NOT NULL

-- name: response_by_import_key
CREATE UNIQUE INDEX IF NOT EXISTS response_by_import_key ON response (workspace_id, survey_id, import_key)
WHERE import_key IS NOT NULL

-- name: response_by_import
CREATE INDEX IF NOT EXISTS response_by_import ON response (workspace_id, import_id, id)
WHERE import_id IS NOT NULL

-- name: response_by_person
CREATE INDEX IF NOT EXISTS response_by_person ON response (workspace_id, person_id)
WHERE person_id IS NOT NULL

-- name: response_by_survey
CREATE INDEX IF NOT EXISTS response_by_survey ON response (workspace_id, survey_id, submitted_at, id)

-- name: response_by_time
CREATE INDEX IF NOT EXISTS response_by_time ON response (workspace_id, submitted_at, id)

-- name: response_history
-- One row for each state of an answer that a later one replaced, and who replaced it.
CREATE TABLE IF NOT EXISTS response_history (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	seq INTEGER NOT NULL,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	state INTEGER NOT NULL,
	state_reason TEXT,
	score INTEGER,
	comment TEXT,
	answers TEXT NOT NULL,
	PRIMARY KEY (workspace_id, response_id, seq),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)
