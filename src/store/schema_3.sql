-- Version 3: what people decide outlasts a new reading; who changed what, and why; verdicts on duplicates; why a
-- document is to be reviewed.

-- A field's value as a person set it, or NULL where a person took the field away: it wins over what is read.
CREATE TABLE decisions (
    document_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (document_seq, name)
) WITHOUT ROWID;
--- sqlite
INSERT INTO decisions (document_seq, name, value)
    SELECT document_seq, name, value FROM fields WHERE corrected = 1;
INSERT OR IGNORE INTO decisions (document_seq, name, value)
    SELECT c.document_seq, c.field, NULL FROM corrections c
    WHERE c.new_value IS NULL
      AND c.seq = (SELECT max(l.seq) FROM corrections l WHERE l.document_seq = c.document_seq AND l.field = c.field)
      AND NOT EXISTS (SELECT 1 FROM fields f WHERE f.document_seq = c.document_seq AND f.name = c.field);
--- both

ALTER TABLE fields ADD COLUMN read_value TEXT;      -- what the reading said, where a person set the value
-- field is empty where an action is of the whole document
ALTER TABLE corrections ADD COLUMN action TEXT NOT NULL DEFAULT 'correct';
ALTER TABLE corrections ADD COLUMN why TEXT NOT NULL DEFAULT '';

ALTER TABLE documents ADD COLUMN review TEXT NOT NULL DEFAULT '';   -- "missing:referencia doubtful:monto"
--- sqlite
UPDATE documents SET review = coalesce((
    SELECT group_concat(r.value, ' ') FROM pages p, json_each(p.page, '$.review_reasons') r WHERE p.document_seq = seq
), '') WHERE needs_review = 1;
--- both

ALTER TABLE documents ADD COLUMN duplicate_confirmed INTEGER NOT NULL DEFAULT 0;
-- What a person said of two documents; the lower seq first.
CREATE TABLE verdicts (
    first_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    second_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    is_same INTEGER NOT NULL,
    PRIMARY KEY (first_seq, second_seq)
) WITHOUT ROWID;
CREATE INDEX verdicts_by_second ON verdicts (second_seq);
CREATE INDEX documents_by_duplicate ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;
