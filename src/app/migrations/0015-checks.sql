-- Shares of themes that people check: random samples of comments, and what people say is in them.

-- name: share_check
-- A sample of the comments of one group of the score. group_of: enum nps_group. What it was drawn from: the part, the filter without
-- its days, the days (NULL: open), and the team's scope of who drew it. comments: how many there were; wanted: how many of
-- the drawn ones are to be read. first_at and ends_at: when the earliest comment was given, and up to when it looked.
CREATE TABLE IF NOT EXISTS share_check (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	group_of INTEGER NOT NULL,
	part TEXT NOT NULL,
	filter TEXT NOT NULL,
	scope TEXT NOT NULL,
	from_day TEXT,
	to_day TEXT,
	first_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	seed BIGINT NOT NULL,
	comments BIGINT NOT NULL,
	drawn INTEGER NOT NULL,
	wanted INTEGER NOT NULL,
	actor TEXT NOT NULL,
	drawn_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: share_check_by_part
CREATE INDEX IF NOT EXISTS share_check_by_part ON share_check (workspace_id, part, drawn_at)

-- name: share_check_theme
-- What is asked of each comment. machine: in how many of all comments the machine found it when the sample was drawn.
CREATE TABLE IF NOT EXISTS share_check_theme (
	workspace_id BIGINT NOT NULL,
	check_id BIGINT NOT NULL,
	place INTEGER NOT NULL,
	theme_id BIGINT NOT NULL,
	machine BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, check_id, place),
	FOREIGN KEY (workspace_id, check_id) REFERENCES share_check (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

-- name: share_check_comment
-- The drawn ones in the order of the draw. machine: bits by the themes' places, what the machine found in it then.
CREATE TABLE IF NOT EXISTS share_check_comment (
	workspace_id BIGINT NOT NULL,
	check_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	place INTEGER NOT NULL,
	machine BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, check_id, response_id),
	FOREIGN KEY (workspace_id, check_id) REFERENCES share_check (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

-- name: share_check_comment_by_place
CREATE UNIQUE INDEX IF NOT EXISTS share_check_comment_by_place ON share_check_comment (workspace_id, check_id, place)

-- name: share_check_comment_by_response
CREATE INDEX IF NOT EXISTS share_check_comment_by_response ON share_check_comment (workspace_id, response_id)

-- name: share_check_read
-- Who read a comment, and when first. author_id: a user's, or an API key's below 0.
CREATE TABLE IF NOT EXISTS share_check_read (
	workspace_id BIGINT NOT NULL,
	check_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	author TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, check_id, response_id, author_id),
	FOREIGN KEY (workspace_id, check_id, response_id) REFERENCES share_check_comment (workspace_id, check_id, response_id)
		ON DELETE CASCADE
)

-- name: share_check_label
-- What somebody says of a comment, of every theme that was asked: says 1, it speaks of it; 0, it does not. Labelled rows: whoever
-- learns from people's words reads them here.
CREATE TABLE IF NOT EXISTS share_check_label (
	workspace_id BIGINT NOT NULL,
	check_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	theme_id BIGINT NOT NULL,
	says INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, check_id, response_id, author_id, theme_id),
	FOREIGN KEY (workspace_id, check_id, response_id, author_id)
		REFERENCES share_check_read (workspace_id, check_id, response_id, author_id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)
