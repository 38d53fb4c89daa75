/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/postgres.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "db/postgres_prepare.sql.h"
#include "db/prepared.h"

#define ARGS_MAX  64
#define BYTEA_OID 17

struct postgres_db {
	struct db base;
	PGconn *conn;
	char *conninfo;
	struct prepared prepared; /* value: the name on the server */
	unsigned names;           /* given so far on this connection */
	char *scratch;            /* arguments as NUL-terminated text */
	size_t scratch_size;
};

static struct postgres_db *of(struct db *db)
{
	return (struct postgres_db *)db;
}

/* By SQLSTATE class alone: names and texts differ between servers and languages. */
static enum err_kind kind_of(const char *state)
{
	static const struct {
		const char *prefix;
		enum err_kind kind;
	} rows[] = {
		{ "23", ERR_CONFLICT },    /* integrity constraint */
		{ "40", ERR_BUSY },        /* deadlock, serialization */
		{ "55P03", ERR_BUSY },     /* lock not available */
		{ "57014", ERR_BUSY },     /* cancelled */
		{ "57P0", ERR_BUSY },      /* the server stops or starts */
		{ "533", ERR_BUSY },       /* too many connections */
		{ "08P01", ERR_INTERNAL }, /* such as a wrong count of arguments */
		{ "08", ERR_IO },          /* connection */
		{ "53", ERR_IO },          /* disk full, out of memory */
		{ "58", ERR_IO },          /* system error */
		{ "XX001", ERR_CORRUPT },  { "XX002", ERR_CORRUPT },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strncmp(state, rows[i].prefix, strlen(rows[i].prefix)) == 0)
			return rows[i].kind;
	return ERR_INTERNAL;
}

static bool is_lost(const struct postgres_db *db)
{
	return !db->conn || PQstatus(db->conn) != CONNECTION_OK;
}

static bool set_error(struct postgres_db *db, const PGresult *res, const char *what,
                      struct err *err)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *text = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	if (!state)
		return err_set(err, ERR_IO, "the connection to PostgreSQL was lost (%s)", what);
	enum err_kind kind = kind_of(state);
	if (is_lost(db) && kind == ERR_INTERNAL)
		kind = ERR_IO;
	if (kind == ERR_CONFLICT) /* the engine's words are not for a client */
		return err_set(err, kind, "this clashes with what is stored (%s)", what);
	return err_set(err, kind, "PostgreSQL: %s (%s, %s)", text ? text : "error", what, state);
}

/* Statements. */

struct params {
	const char *values[ARGS_MAX];
	int lengths[ARGS_MAX], formats[ARGS_MAX];
	char numbers[ARGS_MAX][32];
};

static void params_fill(struct postgres_db *db, DbArgs args, struct params *p)
{
	size_t need = 0, used = 0;
	for (size_t i = 0; i < args.count; i++)
		need += args.at[i].type == DB_TEXT ? args.at[i].str.len + 1 : 0;
	if (need > db->scratch_size)
		db->scratch = mem_resize(db->scratch, db->scratch_size = need);
	for (size_t i = 0; i < args.count; i++) {
		const DbArg *arg = &args.at[i];
		p->lengths[i] = p->formats[i] = 0;
		p->values[i] = p->numbers[i];
		switch (arg->type) {
		case DB_NULL:
			p->values[i] = NULL;
			break;
		case DB_I64:
			snprintf(p->numbers[i], sizeof p->numbers[i], "%" PRId64, arg->i64);
			break;
		case DB_REAL:
			snprintf(p->numbers[i], sizeof p->numbers[i], "%.17g", arg->real);
			break;
		case DB_TEXT:
			p->values[i] = db->scratch + used;
			if (arg->str.len)
				memcpy(db->scratch + used, arg->str.at, arg->str.len);
			used += arg->str.len;
			db->scratch[used++] = '\0';
			break;
		case DB_BLOB:
			p->values[i] = arg->str.at ? arg->str.at : "";
			p->lengths[i] = (int)arg->str.len;
			p->formats[i] = 1;
			break;
		}
	}
}

static bool stmt_prepare(struct postgres_db *db, const struct db_stmt *stmt, char **name,
                         struct err *err)
{
	char fresh[16];
	snprintf(fresh, sizeof fresh, "h%u", db->names++);
	PGresult *res = PQprepare(db->conn, fresh, stmt->postgres, 0, NULL);
	bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
	if (ok) {
		*name = mem_copy(fresh);
		prepared_put(&db->prepared, stmt, *name);
	} else {
		set_error(db, res, stmt->name, err);
	}
	PQclear(res);
	return ok;
}

static PGresult *run_once(struct postgres_db *db, const struct db_stmt *stmt, DbArgs args,
                          struct err *err)
{
	struct params p;
	char *name = prepared_find(&db->prepared, stmt);
	if (!name && !stmt_prepare(db, stmt, &name, err))
		return NULL;
	params_fill(db, args, &p);
	PGresult *res =
	    PQexecPrepared(db->conn, name, (int)args.count, p.values, p.lengths, p.formats, 0);
	ExecStatusType status = PQresultStatus(res);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return res;
	set_error(db, res, stmt->name, err);
	PQclear(res);
	return NULL;
}

static bool postgres_reopen(struct db *base, struct err *err);

/* A read that lost its server outside a transaction has a second go on a new connection. */
static PGresult *run(struct postgres_db *db, const struct db_stmt *stmt, DbArgs args,
                     struct err *err)
{
	bool again = db->base.access == DB_READS && !db->base.in_tx;
	if (args.count > ARGS_MAX) {
		err_set(err, ERR_INTERNAL, "statement %s takes too many arguments", stmt->name);
		return NULL;
	}
	if (again && is_lost(db) && !postgres_reopen(&db->base, err))
		return NULL;
	PGresult *res = run_once(db, stmt, args, err);
	if (!res && again && is_lost(db) && postgres_reopen(&db->base, err))
		res = run_once(db, stmt, args, err);
	return res;
}

/* Rows changed: the tag of a SELECT counts rows too, and is no change. */
static int64_t rows_touched(PGresult *res)
{
	int64_t n = 0;
	bool reads = strncmp(PQcmdStatus(res), "SELECT", 6) == 0;
	if (!reads)
		str_to_i64(str_of(PQcmdTuples(res)), &n);
	return n;
}

static bool postgres_exec(struct db *base, const struct db_stmt *stmt, DbArgs args,
                          int64_t *touched, struct err *err)
{
	PGresult *res = run(of(base), stmt, args, err);
	if (!res)
		return false;
	*touched = rows_touched(res);
	PQclear(res);
	return true;
}

static bool postgres_query(struct db *base, struct db_rows *rows, const struct db_stmt *stmt,
                           DbArgs args, int64_t *touched, struct err *err)
{
	PGresult *res = run(of(base), stmt, args, err);
	if (!res)
		return false;
	*touched = rows_touched(res);
	rows->cursor = res;
	return true;
}

static enum db_next postgres_step(struct db_rows *rows, struct err *err)
{
	(void)err;
	if (rows->row + 1 >= PQntuples(rows->cursor))
		return DB_DONE;
	rows->row++;
	return DB_ROW;
}

static void postgres_rows_close(struct db_rows *rows)
{
	PQclear(rows->cursor);
}

/* The value as the server wrote it, NULL for NULL. */
static const char *value_of(const struct db_rows *rows, int column)
{
	const PGresult *res = rows->cursor;
	MUST(column >= 0 && column < PQnfields(res) && rows->row >= 0 &&
	     rows->row < PQntuples(res));
	return PQgetisnull(res, rows->row, column) ? NULL : PQgetvalue(res, rows->row, column);
}

static bool postgres_is_null(const struct db_rows *rows, int column)
{
	return !value_of(rows, column);
}

/* SQLite cuts a number with a fraction; so does this. */
static int64_t postgres_i64(const struct db_rows *rows, int column)
{
	int64_t n = 0;
	double real = 0;
	Str text = str_of(value_of(rows, column));
	if (!str_to_i64(text, &n) && str_to_double(text, &real) && real > -9e18 && real < 9e18)
		n = (int64_t)real;
	return n;
}

/* The server writes the shortest text that reads back equal, even next to zero. */
static double postgres_real(const struct db_rows *rows, int column)
{
	const char *value = value_of(rows, column);
	return value ? strtod(value, NULL) : 0;
}

static Str decode_bytea(const char *value, struct arena *a)
{
	size_t len = 0;
	unsigned char *bytes = PQunescapeBytea((const unsigned char *)value, &len);
	MUST(bytes);
	Str out = str_copy(a, (Str){ (const char *)bytes, len });
	PQfreemem(bytes);
	return out;
}

static Str postgres_bytes(const struct db_rows *rows, int column, enum db_type type,
                          struct arena *a)
{
	(void)type;
	const char *value = value_of(rows, column);
	if (!value)
		return (Str){ 0 };
	if (PQftype(rows->cursor, column) == BYTEA_OID)
		return decode_bytea(value, a);
	return str_copy(a, (Str){ value, (size_t)PQgetlength(rows->cursor, rows->row, column) });
}

static Str postgres_peek(const struct db_rows *rows, int column)
{
	const char *value = value_of(rows, column);
	return (Str){ value, value ? (size_t)PQgetlength(rows->cursor, rows->row, column) : 0 };
}

/* Transactions. */

static bool command(struct postgres_db *db, const char *sql, const char *tag, struct err *err)
{
	PGresult *res = PQexec(db->conn, sql);
	bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
	char what[48];
	snprintf(what, sizeof what, "%.40s", sql);
	if (!ok)
		set_error(db, res, what, err);
	else if (tag && strcmp(PQcmdStatus(res), tag) != 0)
		ok = err_set(err, ERR_IO, "PostgreSQL gave the transaction up before its commit");
	PQclear(res);
	return ok;
}

static bool postgres_command(struct db *base, const char *sql, struct err *err)
{
	return command(of(base), sql, NULL, err);
}

static bool postgres_begin(struct db *base, enum db_access access, struct err *err)
{
	struct postgres_db *db = of(base);
	if (access == DB_WRITES)
		return command(db, "BEGIN", NULL, err);
	static const char read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
	if (is_lost(db) && !postgres_reopen(base, err))
		return false;
	return command(db, read, NULL, err) ||
	       (is_lost(db) && postgres_reopen(base, err) && command(db, read, NULL, err));
}

/* COMMIT of a transaction that an error has ended succeeds as a rollback: its tag tells. */
static bool postgres_commit(struct db *base, struct err *err)
{
	return command(of(base), "COMMIT", "COMMIT", err);
}

static void postgres_rollback(struct db *base)
{
	struct err ignored;
	if (!is_lost(of(base)))
		(void)!command(of(base), "ROLLBACK", NULL, &ignored);
}

static bool postgres_is_sound(const struct db *base)
{
	return !is_lost((const struct postgres_db *)base);
}

/* Opening. */

static void ignore_notice(void *context, const char *message)
{
	(void)context, (void)message;
}

/* A server that vanished without a word is noticed within seconds, not hours. */
static PGconn *connect_to(const char *conninfo, const char *database)
{
	const char *keywords[] = {
		"connect_timeout",
		"keepalives_idle",
		"keepalives_interval",
		"keepalives_count",
		"tcp_user_timeout",
		"application_name",
		"dbname",
		"client_encoding",
		NULL,
		NULL,
	};
	const char *values[] = {
		"5", "10", "3", "3", "10000", "heed", conninfo, "UTF8", NULL, NULL
	};
	if (database) {
		keywords[8] = "dbname";
		values[8] = database;
	}
	return PQconnectdbParams(keywords, values, 1);
}

/* libpq's sentence without its line ends. */
static bool set_connect_error(PGconn *conn, struct err *err)
{
	char text[200];
	snprintf(text, sizeof text, "%s", PQerrorMessage(conn));
	for (char *c = text; *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return err_set(err, ERR_IO, "PostgreSQL cannot be reached: %.*s",
	               STR_FMT(str_trim(str_of(text))));
}

static bool connect_server(struct postgres_db *db, struct err *err)
{
	db->conn = connect_to(db->conninfo, NULL);
	if (is_lost(db))
		return set_connect_error(db->conn, err);
	PQsetNoticeProcessor(db->conn, ignore_notice, NULL);
	return db->base.access == DB_WRITES ||
	       command(db, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", NULL, err);
}

static void disconnect(struct postgres_db *db)
{
	prepared_clear(&db->prepared, free);
	PQfinish(db->conn);
	db->conn = NULL;
}

static bool postgres_reopen(struct db *base, struct err *err)
{
	struct postgres_db *db = of(base);
	disconnect(db);
	return connect_server(db, err);
}

static void postgres_close(struct db *base)
{
	struct postgres_db *db = of(base);
	disconnect(db);
	free(db->conninfo);
	free(db->scratch);
	free(db);
}

static const struct db_backend postgres_backend = {
	.engine = DB_POSTGRES,
	.close = postgres_close,
	.reopen = postgres_reopen,
	.is_sound = postgres_is_sound,
	.exec = postgres_exec,
	.query = postgres_query,
	.step = postgres_step,
	.rows_close = postgres_rows_close,
	.is_null = postgres_is_null,
	.i64 = postgres_i64,
	.real = postgres_real,
	.bytes = postgres_bytes,
	.peek = postgres_peek,
	.command = postgres_command,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
};

static struct postgres_db *new_db(const struct postgres_options *options)
{
	struct postgres_db *db = mem_zeroed(1, sizeof *db);
	db->base.backend = &postgres_backend;
	db->base.access = options->access;
	db->base.watch = options->watch;
	db->base.generation = options->watch ? atomic_load(&options->watch->generation) : 0;
	db->conninfo = mem_copy(options->conninfo);
	return db;
}

bool postgres_open(struct db **out, const struct postgres_options *options, struct err *err)
{
	struct postgres_db *db = new_db(options);
	if (!connect_server(db, err)) {
		postgres_close(&db->base);
		return false;
	}
	*out = &db->base;
	return true;
}

/* Making and checking a database. */

/* The name of the database in the conninfo, for the caller to free; NULL when it names none. */
static char *database_name(const char *conninfo)
{
	char *name = NULL;
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
	for (PQconninfoOption *o = options; o && o->keyword; o++)
		if (strcmp(o->keyword, "dbname") == 0 && o->val)
			name = mem_copy(o->val);
	PQconninfoFree(options);
	return name;
}

/* An identifier cannot be a parameter: libpq quotes it. */
static bool create_database(struct postgres_db *db, const char *name, struct err *err)
{
	char sql[512];
	char *quoted = PQescapeIdentifier(db->conn, name, strlen(name));
	MUST(quoted);
	int n = snprintf(sql, sizeof sql,
	                 "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' "
	                 "LC_COLLATE 'C' LC_CTYPE 'C'",
	                 quoted);
	PQfreemem(quoted);
	if (n < 0 || (size_t)n >= sizeof sql)
		return err_set(err, ERR_INVALID, "the name of the database is too long");
	return command(db, sql, NULL, err);
}

/* Looks from the maintenance database. Failing to look is no error: the connection that follows will say why. */
static bool create_if_missing(const char *conninfo, struct err *err)
{
	char *name = database_name(conninfo);
	struct postgres_db *db =
	    new_db(&(struct postgres_options){ .conninfo = conninfo, .access = DB_WRITES });
	bool ok = true;
	int64_t exists = 0;
	db->conn = connect_to(conninfo, "postgres");
	if (name && !is_lost(db))
		ok = db_one_i64(&db->base, &sql_postgres_database_exists,
		                DB_ARGS(db_arg_text(str_of(name))), 0, &exists, err) &&
		     (exists || create_database(db, name, err));
	postgres_close(&db->base);
	free(name);
	return ok;
}

static bool check_settings(struct db_rows *rows, void *allow_unsafe, struct arena *a,
                           struct err *err)
{
	static const char *const names[] = { "fsync", "full_page_writes", "synchronous_commit" };
	for (int i = 0; i < 3 && !*(bool *)allow_unsafe; i++)
		if (str_eq(db_text(rows, i, a), STR("off")))
			return err_set(err, ERR_INVALID,
			               "PostgreSQL runs with %s=off and would lose answers that "
			               "were acknowledged: turn it on (HEED_ALLOW_UNSAFE=1 starts "
			               "anyway)",
			               names[i]);
	Str encoding = db_text(rows, 3, a), collate = db_text(rows, 4, a);
	bool byte_order = str_eq(collate, STR("C")) || str_eq(collate, STR("POSIX")) ||
	                  str_eq(collate, STR("C.UTF-8")) || str_eq(collate, STR("C.utf8"));
	if (!str_eq(encoding, STR("UTF8")) || !byte_order)
		return err_set(err, ERR_INVALID,
		               "the PostgreSQL database has encoding %.*s and sort order %.*s: "
		               "create it with ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0",
		               STR_FMT(encoding), STR_FMT(collate));
	int64_t version = db_i64(rows, 5);
	return version >= 150000 ||
	       err_set(err, ERR_INVALID, "PostgreSQL %" PRId64 " is too old: 15 or newer",
	               version / 10000);
}

bool postgres_prepare(const char *conninfo, bool create, bool allow_unsafe, struct err *err)
{
	struct db *db;
	struct arena a = { 0 };
	bool found;
	if (create && !create_if_missing(conninfo, err))
		return false;
	if (!postgres_open(&db,
	                   &(struct postgres_options){ .conninfo = conninfo, .access = DB_READS },
	                   err))
		return false;
	bool ok = db_one(db, &sql_postgres_server_settings, DB_NO_ARGS, check_settings,
	                 &allow_unsafe, &a, &found, err);
	db_close(db);
	arena_free(&a);
	return ok;
}
