-- What a workspace's own answers and corrections taught, and how well comments are read by it.

-- name: learning
-- Where learning is. state: see reading/learnt.h. version: what comments are read with, 0: nothing was learnt. The counts are of the
-- last look, with or without a version. drift: share of comments that would be shown otherwise than when all were read last;
-- generation, how often that was asked for.
CREATE TABLE IF NOT EXISTS learning (
	workspace_id BIGINT NOT NULL,
	state INTEGER NOT NULL,
	version BIGINT NOT NULL,
	step INTEGER NOT NULL,
	done BIGINT NOT NULL,
	total BIGINT NOT NULL,
	began_at BIGINT,
	looked_at BIGINT,
	comments BIGINT NOT NULL,
	low BIGINT NOT NULL,
	high BIGINT NOT NULL,
	labels BIGINT NOT NULL,
	drift DOUBLE PRECISION NOT NULL,
	failed TEXT,
	generation BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
)

-- name: learnt
-- A version. lesson tells what it was taught. sentiment and themes: models, NULL when nothing was learnt that helps, and of versions
-- that are not in use, so that nothing is left of words that were erased.
CREATE TABLE IF NOT EXISTS learnt (
	workspace_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	engine INTEGER NOT NULL,
	lesson BIGINT NOT NULL,
	learnt_at BIGINT NOT NULL,
	took BIGINT NOT NULL,
	comments BIGINT NOT NULL,
	sampled BIGINT NOT NULL,
	low BIGINT NOT NULL,
	high BIGINT NOT NULL,
	labels BIGINT NOT NULL,
	changed DOUBLE PRECISION NOT NULL,
	reread INTEGER NOT NULL,
	sentiment BYTEA,
	themes BYTEA,
	PRIMARY KEY (workspace_id, version)
)

-- name: learnt_figure
-- How comments were judged that the judge had not learnt from. kind and the numbers: see reading/learnt.h. theme_id 0: sentiment.
CREATE TABLE IF NOT EXISTS learnt_figure (
	workspace_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	theme_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	n0 BIGINT NOT NULL,
	n1 BIGINT NOT NULL,
	n2 BIGINT NOT NULL,
	n3 BIGINT NOT NULL,
	n4 BIGINT NOT NULL,
	n5 BIGINT NOT NULL,
	n6 BIGINT NOT NULL,
	n7 BIGINT NOT NULL,
	n8 BIGINT NOT NULL,
	n9 BIGINT NOT NULL,
	n10 BIGINT NOT NULL,
	n11 BIGINT NOT NULL,
	n12 BIGINT NOT NULL,
	n13 BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, version, theme_id, kind),
	FOREIGN KEY (workspace_id, version) REFERENCES learnt (workspace_id, version) ON DELETE CASCADE
)
