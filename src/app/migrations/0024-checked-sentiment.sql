-- How comments of checks sound, as people say.

-- name: share_check_sentiment
-- What somebody says of a comment beside its themes. label: enum sentiment_label. machine: what the machine said of the words alone
-- when they said it first, NULL: nothing. at: when that was. The author's name stands in share_check_read.
CREATE TABLE IF NOT EXISTS share_check_sentiment (
	workspace_id BIGINT NOT NULL,
	check_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	label INTEGER NOT NULL,
	machine INTEGER,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, check_id, response_id, author_id),
	FOREIGN KEY (workspace_id, check_id, response_id, author_id)
		REFERENCES share_check_read (workspace_id, check_id, response_id, author_id) ON DELETE CASCADE
)
