#include "storage/migrations.hpp"

namespace plenary::storage {

namespace {

// Times are UTC milliseconds. Enumerations are stored by the wire's words. AUTOINCREMENT: an id is never used twice, since
// clients remember them.
constexpr const char* first_room = R"sql(
CREATE TABLE run (
  epoch TEXT PRIMARY KEY,
  begins_at INTEGER NOT NULL,   -- the commit number it started from
  started_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('commit', 0);

CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  rev INTEGER NOT NULL,
  floor INTEGER NOT NULL,       -- below it tombstones may be missing
  pos INTEGER NOT NULL          -- the last one given
);
CREATE TABLE record (
  channel INTEGER NOT NULL REFERENCES channel,
  type TEXT NOT NULL,
  id INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  pos INTEGER,
  gone INTEGER NOT NULL,
  fields TEXT NOT NULL,         -- JSON members without braces; type, id, rev and pos stand in front
  UNIQUE (channel, type, id)
);
CREATE INDEX record_by_rev ON record (channel, rev);
CREATE INDEX record_by_pos ON record (channel, pos) WHERE pos IS NOT NULL;
CREATE INDEX record_of_state ON record (channel) WHERE pos IS NULL;

CREATE TABLE outcome (
  person INTEGER NOT NULL,      -- 0: nobody yet
  key BLOB NOT NULL,
  hash BLOB NOT NULL,           -- of operation and arguments
  at INTEGER NOT NULL,
  reply TEXT,                   -- NULL only inside the transaction that makes it
  PRIMARY KEY (person, key)
) WITHOUT ROWID;
CREATE INDEX outcome_by_age ON outcome (at);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('guest', 'member')),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  email TEXT UNIQUE,
  site_role TEXT CHECK (site_role IN ('member', 'moderator', 'admin')),
  created_at INTEGER NOT NULL
);

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person,
  token_hash BLOB NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER
);
CREATE INDEX session_of_person ON session (person);
CREATE INDEX session_by_end ON session (expires_at) WHERE ended_at IS NULL;

CREATE TABLE entry_token (      -- one-use links: the first admin's
  token_hash BLOB PRIMARY KEY,
  site_role TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  person INTEGER REFERENCES person  -- who used it
) WITHOUT ROWID;

CREATE TABLE webinar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title_en TEXT NOT NULL,
  title_fr TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'live', 'ended')),
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'members')),
  people_visible TEXT NOT NULL CHECK (people_visible IN ('count', 'names')),
  language TEXT,
  created_at INTEGER NOT NULL,
  opened_at INTEGER,
  closed_at INTEGER
);
CREATE TABLE webinar_role (
  webinar INTEGER NOT NULL REFERENCES webinar,
  person INTEGER NOT NULL REFERENCES person,
  role TEXT NOT NULL CHECK (role IN ('attendee', 'host')),
  PRIMARY KEY (webinar, person)
) WITHOUT ROWID;
CREATE INDEX webinar_role_of_person ON webinar_role (person);

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webinar INTEGER NOT NULL REFERENCES webinar,
  author INTEGER NOT NULL REFERENCES person,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER,
  reply_to INTEGER REFERENCES message,
  removed_at INTEGER,
  removed_by INTEGER REFERENCES person,
  removed_as TEXT CHECK (removed_as IN ('author', 'host', 'moderator')),
  removal_reason TEXT
);
CREATE INDEX message_of_webinar ON message (webinar);
CREATE TABLE reaction (
  message INTEGER NOT NULL REFERENCES message,
  person INTEGER NOT NULL REFERENCES person,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message, person, emoji)
) WITHOUT ROWID;
CREATE TABLE dirty_tally (message INTEGER PRIMARY KEY REFERENCES message);

CREATE TABLE attendance (
  webinar INTEGER NOT NULL REFERENCES webinar,
  person INTEGER NOT NULL REFERENCES person,
  arrived_at INTEGER NOT NULL,
  left_at INTEGER,              -- NULL: here now
  PRIMARY KEY (webinar, person, arrived_at)
) WITHOUT ROWID;
CREATE INDEX attendance_open ON attendance (webinar, person) WHERE left_at IS NULL;
)sql";

constexpr const char* questions_and_appeals = R"sql(
ALTER TABLE webinar ADD COLUMN questions_open INTEGER NOT NULL DEFAULT 1;
ALTER TABLE webinar ADD COLUMN questions_review INTEGER NOT NULL DEFAULT 1;
ALTER TABLE webinar ADD COLUMN questions_names TEXT NOT NULL DEFAULT 'optional'
  CHECK (questions_names IN ('named', 'optional', 'anonymous'));

CREATE TABLE question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webinar INTEGER NOT NULL REFERENCES webinar,
  author INTEGER NOT NULL REFERENCES person,
  anonymous INTEGER NOT NULL,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('pending', 'published', 'staged', 'answered', 'dismissed', 'merged', 'withdrawn')),
  published_at INTEGER,
  answered_at INTEGER,
  dismissed_by INTEGER REFERENCES person,
  dismissed_at INTEGER,
  reason TEXT,                  -- of a dismissal
  merged_into INTEGER REFERENCES question,
  state_before_merge TEXT CHECK (state_before_merge IN ('pending', 'published')),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK ((reason IS NULL) = (dismissed_by IS NULL) AND (reason IS NULL) = (dismissed_at IS NULL))
);
CREATE INDEX question_of_webinar ON question (webinar, author, state);
CREATE INDEX question_merged ON question (merged_into) WHERE merged_into IS NOT NULL;
CREATE UNIQUE INDEX question_on_stage ON question (webinar) WHERE state = 'staged';

CREATE TABLE question_answer (
  question INTEGER PRIMARY KEY REFERENCES question,
  lang TEXT NOT NULL,
  text TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES person,
  at INTEGER NOT NULL
);
CREATE TABLE question_translation (
  question INTEGER NOT NULL REFERENCES question,
  lang TEXT NOT NULL,
  text TEXT NOT NULL,
  by INTEGER NOT NULL REFERENCES person,
  at INTEGER NOT NULL,
  PRIMARY KEY (question, lang)
) WITHOUT ROWID;
CREATE TABLE vote (
  question INTEGER NOT NULL REFERENCES question,
  person INTEGER NOT NULL REFERENCES person,
  at INTEGER NOT NULL,
  PRIMARY KEY (question, person)
) WITHOUT ROWID;
CREATE TABLE dirty_votes (question INTEGER PRIMARY KEY REFERENCES question);
CREATE TABLE star (
  question INTEGER PRIMARY KEY REFERENCES question,
  place INTEGER NOT NULL
);

CREATE TABLE appeal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webinar INTEGER NOT NULL REFERENCES webinar,
  message INTEGER UNIQUE REFERENCES message,
  question INTEGER UNIQUE REFERENCES question,
  decided_by INTEGER NOT NULL REFERENCES person,  -- who removed or dismissed, when and why
  decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'overturned')),
  answer TEXT,
  answered_by INTEGER REFERENCES person CHECK (answered_by <> decided_by),
  answered_at INTEGER,
  CHECK ((message IS NULL) <> (question IS NULL)),
  CHECK ((state = 'open') = (answered_by IS NULL))
);

-- A webinar's record says how it takes questions: clients that hold one from before get it anew.
UPDATE channel SET rev = rev + 1 WHERE id IN (SELECT channel FROM record WHERE type = 'webinar');
UPDATE record SET rev = (SELECT rev FROM channel WHERE channel.id = record.channel),
  fields = fields || ',"questions":{"open":true,"review":true,"names":"optional"}'
  WHERE type = 'webinar';
-- And what was returned to its author can be appealed from now on, for thirty days.
UPDATE channel SET rev = rev + (SELECT count(*) FROM record WHERE channel = channel.id AND type = 'returned')
  WHERE id IN (SELECT channel FROM record WHERE type = 'returned');
UPDATE record SET
  rev = (SELECT rev FROM channel WHERE channel.id = record.channel) -
    (SELECT count(*) FROM record later WHERE later.channel = record.channel AND later.type = 'returned' AND
      later.id > record.id),
  fields = fields || ',"appealUntil":' || ((SELECT removed_at FROM message WHERE message.id = record.id) + 2592000000)
  WHERE type = 'returned' AND NOT gone;
)sql";

constexpr const char* boards_and_news = R"sql(
CREATE TABLE board (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  purpose_en TEXT NOT NULL,
  purpose_fr TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'members')),
  posting TEXT NOT NULL CHECK (posting IN ('members', 'moderators')),
  created_at INTEGER NOT NULL
);

CREATE TABLE thread (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  board INTEGER NOT NULL REFERENCES board,
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('discussion', 'question', 'announcement')),
  author INTEGER NOT NULL REFERENCES person,
  anonymous INTEGER NOT NULL,
  at INTEGER NOT NULL,
  posts INTEGER NOT NULL,       -- that are not removed
  last_at INTEGER NOT NULL,     -- of the newest of them
  answer INTEGER REFERENCES post,
  removed_as TEXT CHECK (removed_as IN ('author', 'host', 'moderator')),
  question INTEGER UNIQUE REFERENCES question,  -- it began as
  votes INTEGER NOT NULL DEFAULT 0              -- of that question
);
CREATE INDEX thread_of_board ON thread (board, last_at, id) WHERE removed_as IS NULL;

CREATE TABLE post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread INTEGER NOT NULL REFERENCES thread,
  author INTEGER NOT NULL REFERENCES person,
  anonymous INTEGER NOT NULL,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER,
  reply_to INTEGER REFERENCES post,
  removed_at INTEGER,
  removed_by INTEGER REFERENCES person,
  removed_as TEXT CHECK (removed_as IN ('author', 'host', 'moderator')),
  removal_reason TEXT
);
CREATE INDEX post_of_thread ON post (thread, id);
CREATE INDEX post_that_stands ON post (thread, id) WHERE removed_at IS NULL;
CREATE TABLE post_reaction (
  post INTEGER NOT NULL REFERENCES post,
  person INTEGER NOT NULL REFERENCES person,
  emoji TEXT NOT NULL,
  PRIMARY KEY (post, person, emoji)
) WITHOUT ROWID;
CREATE TABLE dirty_post_tally (post INTEGER PRIMARY KEY REFERENCES post);

CREATE TABLE activity (          -- one a thing; its seq grows when there is news of it
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('thread', 'webinar', 'carried')),
  of INTEGER NOT NULL,          -- the thread's, webinar's or carried row's id
  seq INTEGER NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  by INTEGER REFERENCES person, -- NULL: without a name
  kept INTEGER NOT NULL,        -- whether it is one of the newest, on the channel
  UNIQUE (subject, of)
);
CREATE INDEX activity_kept ON activity (channel, seq) WHERE kept;
INSERT INTO counter VALUES ('activity', 0);
CREATE TABLE carried (           -- what a webinar's hosts did with the questions it left open
  id INTEGER PRIMARY KEY,
  webinar INTEGER NOT NULL REFERENCES webinar,
  board INTEGER NOT NULL REFERENCES board,
  threads INTEGER NOT NULL,
  UNIQUE (webinar, board)
);
CREATE TABLE news_seen (person INTEGER PRIMARY KEY REFERENCES person, seq INTEGER NOT NULL);

-- A channel may hold ten thousand threads, or many tombstones: what comes whole is found without them.
DROP INDEX record_of_state;
CREATE INDEX record_of_state ON record (channel, rev) WHERE pos IS NULL AND gone = 0;

-- An appeal may be about a post, and then belongs to no webinar.
CREATE TABLE appeal_of_three (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webinar INTEGER REFERENCES webinar,
  message INTEGER UNIQUE REFERENCES message,
  question INTEGER UNIQUE REFERENCES question,
  post INTEGER UNIQUE REFERENCES post,
  decided_by INTEGER NOT NULL REFERENCES person,  -- who removed or dismissed, when and why
  decided_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'overturned')),
  answer TEXT,
  answered_by INTEGER REFERENCES person CHECK (answered_by <> decided_by),
  answered_at INTEGER,
  CHECK ((message IS NOT NULL) + (question IS NOT NULL) + (post IS NOT NULL) = 1),
  CHECK ((post IS NULL) = (webinar IS NOT NULL)),
  CHECK ((state = 'open') = (answered_by IS NULL))
);
INSERT INTO appeal_of_three (id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, answered_at)
  SELECT id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, answered_at FROM appeal;
DROP TABLE appeal;
ALTER TABLE appeal_of_three RENAME TO appeal;
)sql";

}  // namespace

const History& migrations() {
  static const History all{{1, "first_room", first_room},
                           {2, "questions_and_appeals", questions_and_appeals},
                           {3, "boards_and_news", boards_and_news}};
  return all;
}

int newest_schema(const History& history) { return history.back().version; }

int schema_of(Connection& connection) {
  Query query{connection, "PRAGMA user_version"};
  query.step();
  return static_cast<int>(query.integer(0));
}

void migrate(Connection& connection, const History& history) {
  const int found = schema_of(connection);
  if (found > newest_schema(history)) {
    throw StorageError{SQLITE_SCHEMA, "the database has schema " + std::to_string(found) +
                                          ", this program knows schemas up to " +
                                          std::to_string(newest_schema(history))};
  }
  for (const Migration& migration : history) {
    if (migration.version <= found) continue;
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(migration.sql);
      const std::string mark = "PRAGMA user_version=" + std::to_string(migration.version);
      connection.execute(mark.c_str());
      connection.execute("COMMIT");
    } catch (...) {
      sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
      throw;
    }
  }
}

}  // namespace plenary::storage
