/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Migrations. In: an open database. Out: the same at the newest version, or as it was. A migration that has been
 * released is never edited; a change of the tables is a new one at the end of the list.
 *
 * Ids compare bytewise (BINARY), which is the order of every list. Records keep their canonical JSON, so that a file
 * tells all it knows without this engine; the other columns are what queries need. Roles of parties are a view, so they
 * cannot contradict the records.
 */
#include "schema.h"

#include <stdio.h>

static const char *const migrations[] = {
    /* 1 */
    "CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"

    "CREATE TABLE parties("
    "  key TEXT PRIMARY KEY,"
    "  registration_no TEXT UNIQUE CHECK(length(registration_no) = 10),"
    "  name TEXT NOT NULL) STRICT;"

    /* A row is read up to the last column asked for: what is asked for often and is short stands before what is long. */
    "CREATE TABLE suppliers("
    "  id TEXT PRIMARY KEY,"
    "  party TEXT NOT NULL REFERENCES parties(key),"
    "  kind TEXT NOT NULL," /* business_kind, '' when not given */
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  imported_at TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  image BLOB NOT NULL," /* the same record, quick to read (record/image.h); can be made again from the JSON */
    "  json TEXT NOT NULL) STRICT;"
    "CREATE INDEX suppliers_party ON suppliers(party);"

    "CREATE TABLE demands("
    "  id TEXT PRIMARY KEY,"
    "  party TEXT NOT NULL REFERENCES parties(key),"
    "  program TEXT NOT NULL,"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  imported_at TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  json TEXT NOT NULL) STRICT;"
    "CREATE INDEX demands_party ON demands(party);"
    "CREATE INDEX demands_program ON demands(program, id);"

    /* Past pairs may name records that were never imported: no foreign keys. */
    "CREATE TABLE outcomes("
    "  id TEXT PRIMARY KEY," /* JSON array [program, round, demand, supplier, stage] */
    "  program TEXT NOT NULL,"
    "  demand TEXT NOT NULL,"
    "  supplier TEXT NOT NULL,"
    "  json TEXT NOT NULL,"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  imported_at TEXT NOT NULL,"
    "  source TEXT NOT NULL) STRICT;"
    "CREATE INDEX outcomes_program ON outcomes(program, id);"
    "CREATE INDEX outcomes_supplier ON outcomes(supplier);"

    "CREATE VIEW party_roles(party, role, kind, records) AS"
    "  SELECT party, 'demand', '', count(*) FROM demands GROUP BY party"
    "  UNION ALL SELECT party, 'supplier', kind, count(*) FROM suppliers GROUP BY party, kind;"

    "CREATE TABLE annotations("
    "  lexicon TEXT NOT NULL,"
    "  record TEXT NOT NULL," /* digest of the record */
    "  bytes BLOB NOT NULL,"
    "  PRIMARY KEY(lexicon, record)) STRICT;"

    /* The newest lexicon without its words, quick to read (text/lexicon_image.h); can be made again from the files. */
    "CREATE TABLE lexicons(stamp TEXT PRIMARY KEY, image BLOB NOT NULL) STRICT;"

    "CREATE TABLE rounds("
    "  id TEXT PRIMARY KEY,"
    "  program TEXT NOT NULL,"
    "  version TEXT NOT NULL,"
    "  state TEXT NOT NULL,"
    "  revision INTEGER NOT NULL CHECK(revision >= 1),"
    "  created TEXT NOT NULL,"
    "  changed TEXT NOT NULL,"
    "  payload TEXT NOT NULL,"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64)) STRICT;"
    "CREATE INDEX rounds_program ON rounds(program, id);"

    /* Who took a step, when and why stands in the audit log alone, so that erasing there erases everywhere. */
    "CREATE TABLE round_steps("
    "  round TEXT NOT NULL REFERENCES rounds(id),"
    "  number INTEGER NOT NULL CHECK(number >= 1)," /* the revision the step made */
    "  step TEXT NOT NULL,"
    "  from_state TEXT,"
    "  to_state TEXT NOT NULL,"
    "  audit INTEGER NOT NULL UNIQUE REFERENCES audit(number),"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  PRIMARY KEY(round, number)) STRICT;"

    "CREATE TABLE audit("
    "  number INTEGER PRIMARY KEY CHECK(number >= 1),"
    "  at TEXT NOT NULL,"
    "  account TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  subject TEXT NOT NULL,"
    "  payload_digest TEXT NOT NULL," /* of salt and payload; '' without a payload */
    "  previous TEXT NOT NULL CHECK(length(previous) = 64),"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64)) STRICT;"

    /* Erasing a row here removes what may be personal, and the salt with it: what is left in the chain says nothing
       about the payload. */
    "CREATE TABLE audit_payload("
    "  number INTEGER PRIMARY KEY REFERENCES audit(number),"
    "  salt TEXT NOT NULL CHECK(length(salt) = 32),"
    "  json TEXT NOT NULL,"
    "  keep_until TEXT) STRICT;"
    "CREATE INDEX audit_payload_keep ON audit_payload(keep_until) WHERE keep_until IS NOT NULL;",

    /* 2: what was shown to whom, at which rank; models learn from outcomes of shown pairs only, and must know it */
    "CREATE TABLE servings("
    "  number INTEGER PRIMARY KEY,"
    "  at TEXT NOT NULL,"
    "  program TEXT NOT NULL,"
    "  demand TEXT NOT NULL,"
    "  supplier TEXT NOT NULL,"
    "  rank INTEGER NOT NULL CHECK(rank >= 1),"
    "  propensity INTEGER NOT NULL CHECK(propensity BETWEEN 1 AND 1000000000)," /* 10^-9 */
    "  model TEXT NOT NULL," /* hash of what ranked, and of the records it ranked */
    "  data TEXT NOT NULL) STRICT;"
    "CREATE INDEX servings_pair ON servings(program, demand, supplier);",

    /* 3: what steps of rounds looked at and made, by digest; json is NULL once it was erased */
    "CREATE TABLE documents("
    "  digest TEXT PRIMARY KEY CHECK(length(digest) = 64),"
    "  kind TEXT NOT NULL," /* "suppliers", "demands", "proposal", … */
    "  json TEXT,"
    "  keep_until TEXT) STRICT;"
    "CREATE INDEX documents_keep ON documents(keep_until) WHERE keep_until IS NOT NULL;",

    /* 4: who may ask over the net. Tokens and sessions stand as digests alone; times are seconds since 1970, UTC */
    "CREATE TABLE accounts("
    "  name TEXT PRIMARY KEY CHECK(length(name) BETWEEN 1 AND 64),"
    "  role TEXT NOT NULL,"
    "  created INTEGER NOT NULL) STRICT;"
    "CREATE TABLE tokens("
    "  id TEXT PRIMARY KEY CHECK(length(id) = 16)," /* the digest's first digits: enough to find it, and to name it in lists */
    "  account TEXT NOT NULL REFERENCES accounts(name),"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  created INTEGER NOT NULL,"
    "  expires INTEGER NOT NULL,"
    "  revoked INTEGER) STRICT;" /* when; NULL: it is not */
    "CREATE INDEX tokens_account ON tokens(account, created);"
    "CREATE TABLE sessions("
    "  id TEXT PRIMARY KEY CHECK(length(id) = 16),"
    "  digest TEXT NOT NULL CHECK(length(digest) = 64),"
    "  token TEXT NOT NULL REFERENCES tokens(id),"
    "  expires INTEGER NOT NULL) STRICT;"
    "CREATE INDEX sessions_token ON sessions(token);",
};

int schema_version(void) { return (int)(sizeof migrations / sizeof *migrations); }

ieum_status schema_check(const struct database_header *header, const char *path, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (!header->is_database)
        status = problem_set(problem, IEUM_STORE, "", "'%s'은(는) 저장소 파일이 아닙니다. 손대지 않았습니다.",
                             "'%s' is not a store. It was left untouched.", path);
    else if (header->application_id != STORE_APPLICATION_ID)
        status = problem_set(problem, IEUM_STORE, "",
                             "'%s'은(는) 다른 프로그램이 만든 데이터베이스입니다. 손대지 않았습니다.",
                             "'%s' is a database made by another program. It was left untouched.", path);
    else if (header->user_version > (uint32_t)schema_version())
        status = problem_set(
            problem, IEUM_STORE, "",
            "저장소 '%s'의 버전은 %u이고 이 엔진은 %d까지 읽습니다. 엔진을 새 버전으로 올리십시오. 저장소는 손대지 "
            "않았습니다.",
            "The store '%s' has version %u and this engine reads up to %d; install a newer engine. It was left "
            "untouched.",
            path, (unsigned)header->user_version, schema_version());
    if (status != IEUM_OK) problem_set_place(problem, path, 0, 0);
    return status;
}

static ieum_status run_migrations(struct database *database, struct problem *problem) {
    int64_t version = 0;
    char pragmas[96];
    ieum_status status = database_integer(database, "PRAGMA user_version", &version, problem);
    for (; status == IEUM_OK && version < schema_version(); version++)
        status = database_run(database, migrations[version], problem);
    if (status != IEUM_OK) return status;
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id=%u; PRAGMA user_version=%d;", STORE_APPLICATION_ID,
             schema_version());
    return database_run(database, pragmas, problem);
}

ieum_status schema_migrate(struct database *database, struct problem *problem) {
    ieum_status status = database_begin(database, problem);
    if (status == IEUM_OK) status = run_migrations(database, problem);
    if (status == IEUM_OK) status = database_commit(database, problem);
    database_rollback(database);
    return status;
}
