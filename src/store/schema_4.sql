-- Version 4: lists are found, filtered and sorted by what a person sees, with an index for each.

-- Of a payment and of a shop's receipt alike; empty, or the least number, where nothing was read.
ALTER TABLE documents ADD COLUMN paid_date TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN amount INTEGER NOT NULL DEFAULT -4611686018427387904;  -- hundredths
ALTER TABLE documents ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN bank TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN sender TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_paid_date ON documents (paid_date);
CREATE INDEX documents_by_amount ON documents (amount);
CREATE INDEX documents_by_bank ON documents (bank);
CREATE INDEX documents_by_who ON documents (who);
CREATE INDEX documents_by_sender ON documents (sender);
CREATE INDEX documents_by_name ON documents (name);
CREATE INDEX documents_by_layout ON documents (layout);
CREATE INDEX documents_by_review ON documents (seq) WHERE needs_review = 1;
CREATE INDEX documents_by_received ON documents (received_ms);

-- What is searched, folded: parts of three characters and more are found by the index.
--- sqlite
CREATE VIRTUAL TABLE searches USING fts5(body, tokenize='trigram');
CREATE TRIGGER searches_follow AFTER DELETE ON documents BEGIN
    DELETE FROM searches WHERE rowid = old.seq;
END;
--- postgres
CREATE TABLE searches (
    document_seq INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
    body TEXT NOT NULL,
    trigrams INT4[] NOT NULL           -- of each three bytes of the body, as one number: no extension is needed
);
CREATE INDEX searches_by_trigram ON searches USING gin (trigrams);
--- both
