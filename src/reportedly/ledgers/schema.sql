-- An evidence ledger, version 1. Plain SQLite with FTS5: it opens in any reader of SQLite.
-- Records are stored as JSON with their text taken out; the columns beside them serve filters only.

CREATE TABLE originals (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL                      -- zlib
) WITHOUT ROWID;

CREATE TABLE reports (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,                      -- canonical; every offset counts in it
  text_sha256 TEXT NOT NULL,
  original_sha256 TEXT NOT NULL REFERENCES originals (sha256),
  record TEXT NOT NULL,                    -- the Report as it was read
  findings TEXT NOT NULL,                  -- what `analyse` made of it, edits included
  address TEXT,                            -- what its versions share
  newest INTEGER NOT NULL DEFAULT 1,       -- 0: an older version
  name TEXT NOT NULL,
  outlet TEXT,
  url TEXT,
  title TEXT,
  day TEXT,                                -- dateline or published
  language TEXT NOT NULL,
  made_by TEXT NOT NULL,
  touched INTEGER NOT NULL                 -- grows with every change to the report's findings or links
);
CREATE INDEX reports_address ON reports (address);
CREATE INDEX reports_touched ON reports (touched);
CREATE INDEX reports_name ON reports (name);
CREATE INDEX reports_brief ON reports (id, newest, day, outlet, touched, seq); -- lists need not pass by the texts

CREATE TABLE captures (
  report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  location TEXT NOT NULL,                  -- path, "file.jsonl#id", or "" for standard input
  original_sha256 TEXT NOT NULL REFERENCES originals (sha256),
  captured TEXT NOT NULL,                  -- UTC
  PRIMARY KEY (report, location, original_sha256)
) WITHOUT ROWID;

CREATE TABLE sources (
  report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  naming TEXT NOT NULL,
  country TEXT,
  aliases TEXT NOT NULL,                   -- joined by "|"
  PRIMARY KEY (report, id)
) WITHOUT ROWID;
CREATE INDEX sources_id ON sources (id);

CREATE TABLE attributions (
  id TEXT PRIMARY KEY,
  report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  source TEXT,
  style TEXT NOT NULL,
  cue TEXT,
  content TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX attributions_report ON attributions (report);
CREATE INDEX attributions_source ON attributions (source);

CREATE TABLE chains (                      -- outermost first: place 0
  attribution TEXT NOT NULL REFERENCES attributions (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (attribution, place)
) WITHOUT ROWID;
CREATE INDEX chains_source ON chains (source);

CREATE TABLE claims (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  attribution TEXT,                        -- empty: the outlet's own voice
  event TEXT NOT NULL,
  source TEXT,                             -- the ultimate speaker
  kind TEXT,
  naming TEXT,
  quantity INTEGER NOT NULL,               -- 1: it gives a figure
  low REAL,
  high REAL,
  unit TEXT,
  item TEXT,
  first TEXT,
  last TEXT,
  factuality TEXT NOT NULL,
  evidence TEXT NOT NULL
);
CREATE INDEX claims_report ON claims (report);
CREATE INDEX claims_event ON claims (event);

CREATE TABLE keyed (                       -- by what near reports are found
  number INTEGER PRIMARY KEY AUTOINCREMENT, -- a row that is written anew gets a new one
  report INTEGER NOT NULL UNIQUE REFERENCES reports (seq) ON DELETE CASCADE,
  day INTEGER NOT NULL,                    -- its number; 0: the report has no date
  keys BLOB NOT NULL                       -- 10 bytes each: 63 bits of a key's hash, its weight in thousandths
);

CREATE TABLE gists (
  report INTEGER PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE,
  gist BLOB NOT NULL                       -- MessagePack: what tells whether two reports are worth comparing
);

CREATE TABLE links (
  a_report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  b_report INTEGER NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,
  id INTEGER NOT NULL,                     -- the 64 bits of its id
  kind TEXT NOT NULL,
  stance TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  strength REAL NOT NULL,
  reason TEXT NOT NULL,
  rest TEXT NOT NULL,                      -- JSON array: field, text, spans in a, spans in b, made_by
  PRIMARY KEY (a_report, b_report, id),
  CHECK (a < b)
) WITHOUT ROWID;
CREATE INDEX links_b ON links (b_report);
CREATE INDEX links_story ON links (a, b, strength) WHERE kind = 'story';

CREATE TABLE judgements (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  act TEXT NOT NULL,
  record TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  undone_by TEXT,
  undone_when TEXT,
  undone_why TEXT
);

CREATE TABLE judged (                      -- what a judgement is tied to, and by which words it is tied again
  judgement TEXT NOT NULL REFERENCES judgements (id),
  item TEXT NOT NULL,
  report TEXT,
  start INTEGER,
  "end" INTEGER,
  words TEXT,
  tied TEXT,                               -- the item it stands for now; empty: hanging
  PRIMARY KEY (judgement, item)
) WITHOUT ROWID;
CREATE INDEX judged_report ON judged (report);

CREATE TABLE removed (                     -- tombstones
  id TEXT PRIMARY KEY,
  text_sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  judgement TEXT NOT NULL REFERENCES judgements (id)
) WITHOUT ROWID;

CREATE TABLE settings (                    -- the options that the reports were read with
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE groups (                      -- a cache: `verify` computes it again
  component TEXT PRIMARY KEY,              -- the first report of a story, or of stories that a person joined
  stamp TEXT NOT NULL,
  record BLOB NOT NULL                     -- zlib
) WITHOUT ROWID;

CREATE VIRTUAL TABLE texts USING fts5 (
  title, text, content = 'reports', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER reports_written AFTER INSERT ON reports BEGIN
  INSERT INTO texts (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER reports_changed AFTER UPDATE OF title, text ON reports BEGIN
  INSERT INTO texts (texts, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
  INSERT INTO texts (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER reports_gone AFTER DELETE ON reports BEGIN
  INSERT INTO texts (texts, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
END;

CREATE VIRTUAL TABLE claim_words USING fts5 (words, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER claims_gone AFTER DELETE ON claims BEGIN
  DELETE FROM claim_words WHERE rowid = old.seq;
END;
