-- The store, version 1. A later version is a new file of changes, never a change of this one.
-- A line `--- sqlite` or `--- postgres` begins what one kind of database alone is given, `--- both` ends it.
-- Times are milliseconds of the wall clock since 1970; ids are what clients see, seq is the order of arrival.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE batches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,              -- open, closed, cancelled
    origin TEXT NOT NULL,             -- v1, legacy
    created_ms INTEGER NOT NULL,
    closed_ms INTEGER
);

CREATE TABLE documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    batch_id TEXT,
    origin TEXT NOT NULL,             -- v1, legacy
    status TEXT NOT NULL,             -- held, queued, reading, done, failed, poisoned, cancelled
    name TEXT NOT NULL,               -- as the client called the file
    stored_name TEXT NOT NULL,        -- as the earlier service would have called it
    sha256 TEXT NOT NULL,             -- of the image, and its name in images/
    image_bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    metadata TEXT NOT NULL,           -- a JSON object of the client's
    layouts TEXT NOT NULL,            -- names asked for, separated by commas; empty: any
    version INTEGER NOT NULL DEFAULT 1,
    received_ms INTEGER NOT NULL,
    started_ms INTEGER,
    finished_ms INTEGER,
    archived_ms INTEGER,              -- when a client of the earlier service cleaned it away
    layout TEXT,
    needs_review INTEGER NOT NULL DEFAULT 0,
    text TEXT,
    error_code TEXT,
    error_message TEXT,
    image_gone INTEGER NOT NULL DEFAULT 0,
    likeness BLOB,                    -- perceptual hash of the image
    duplicate_of TEXT,
    duplicate_kind TEXT               -- content, record, image
);
CREATE INDEX documents_by_status ON documents (status, seq);
CREATE INDEX documents_by_batch ON documents (batch_id, seq);
CREATE INDEX documents_by_sha256 ON documents (sha256, seq);
CREATE INDEX documents_by_stored_name ON documents (stored_name);

-- What waits to be read or is being read; a row goes when its document reaches a final state.
CREATE TABLE jobs (
    document_seq INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    lease TEXT,                       -- the run of the service that reads it; NULL: nobody
    attempts INTEGER NOT NULL DEFAULT 0,
    kills INTEGER NOT NULL DEFAULT 0  -- workers that died or hung over it
);
CREATE INDEX jobs_free ON jobs (document_seq) WHERE lease IS NULL;

CREATE TABLE pages (
    document_seq INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    page TEXT NOT NULL                -- JSON, as `lince read -f ndjson` writes it
);

CREATE TABLE fields (
    document_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    detail TEXT NOT NULL,             -- JSON: text, confidence, box, page_line, rule
    corrected INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (document_seq, name)
) WITHOUT ROWID;
--- sqlite
CREATE INDEX fields_by_value ON fields (name, value);
--- postgres
CREATE INDEX fields_by_value ON fields USING hash (value);   -- a value may be longer than a row of a tree
--- both

CREATE TABLE corrections (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    document_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT
);
CREATE INDEX corrections_by_document ON corrections (document_seq, seq);

CREATE TABLE idempotency (
    name TEXT PRIMARY KEY,            -- of the key, the client and the path, hashed
    request TEXT NOT NULL,            -- what was asked, hashed
    status INTEGER NOT NULL,
    location TEXT NOT NULL,
    body TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (at_ms);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL                -- JSON
);

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,             -- separated by commas
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER,
    revoked_ms INTEGER,
    used_ms INTEGER,
    use_count INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    types TEXT NOT NULL,              -- of events, separated by commas; empty: all
    created_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,          -- the webhook-id that a receiver sees, the same at every attempt
    webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,              -- waiting, delivered, dead
    attempts INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL,
    last_status INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX deliveries_waiting ON deliveries (next_ms) WHERE state = 'waiting';

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL
);

--- postgres
-- What only several nodes need. One row is locked by each transaction that gives out numbers, so that the order of
-- numbers is the order of commits.
CREATE TABLE turns (only_one INTEGER PRIMARY KEY);
INSERT INTO turns VALUES (1);

-- A job is leased for a time by the database's clock; who lets the time pass has lost it.
ALTER TABLE jobs ADD COLUMN node TEXT;
ALTER TABLE jobs ADD COLUMN until_ms INTEGER;
ALTER TABLE jobs ADD COLUMN lapses INTEGER NOT NULL DEFAULT 0;
CREATE INDEX jobs_leased ON jobs (until_ms) WHERE lease IS NOT NULL;
ALTER TABLE deliveries ADD COLUMN until_ms INTEGER;

-- Images, in parts that a node can hold. They are compressed already.
CREATE TABLE images (
    sha256 TEXT PRIMARY KEY,
    image_bytes INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL           -- by the database's clock: when it came, or was asked to stay, at last
);
CREATE INDEX images_by_age ON images (kept_ms);
CREATE TABLE image_parts (
    sha256 TEXT NOT NULL REFERENCES images (sha256) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sha256, part)
);
ALTER TABLE image_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- SQLite's name for it.
CREATE FUNCTION instr(whole text, part text) RETURNS int8 LANGUAGE sql IMMUTABLE AS 'SELECT strpos(whole, part)::int8';
CREATE FUNCTION database_ms() RETURNS int8 LANGUAGE sql VOLATILE AS
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint';
--- both
