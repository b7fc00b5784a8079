-- Version 5: statements of banks, compared with what was read.

CREATE TABLE reconciliations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    bank TEXT NOT NULL,               -- code; empty: of no known bank
    currency TEXT NOT NULL,           -- of the statement; empty: not told
    facts TEXT NOT NULL,              -- JSON: what the file turned out to be
    head TEXT NOT NULL,               -- its row of names, by which the form is known again
    columns TEXT NOT NULL,            -- JSON: which column means what
    options TEXT NOT NULL,            -- JSON: how far dates and amounts may differ, ...
    version INTEGER NOT NULL DEFAULT 1,
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
);

-- The file's rows as they are, so that the columns can be told anew.
CREATE TABLE reconciliation_rows (
    reconciliation_seq INTEGER NOT NULL REFERENCES reconciliations (seq) ON DELETE CASCADE,
    place INTEGER NOT NULL,           -- the number of the row in the file
    cells TEXT NOT NULL,              -- JSON: texts, or [kind, text]
    PRIMARY KEY (reconciliation_seq, place)
) WITHOUT ROWID;

-- What belongs together, and what stands alone.
CREATE TABLE reconciliation_items (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    reconciliation_seq INTEGER NOT NULL REFERENCES reconciliations (seq) ON DELETE CASCADE,
    state TEXT NOT NULL,
    how TEXT NOT NULL,
    date TEXT NOT NULL,               -- of its first movement, else of its receipt
    is_decided INTEGER NOT NULL DEFAULT 0,
    actor TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    decided_ms INTEGER
);
CREATE INDEX reconciliation_items_by_date ON reconciliation_items (reconciliation_seq, date, seq);
CREATE INDEX reconciliation_items_by_state ON reconciliation_items (reconciliation_seq, state, date, seq);

-- The movements of the statement.
CREATE TABLE reconciliation_lines (
    reconciliation_seq INTEGER NOT NULL REFERENCES reconciliations (seq) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    item INTEGER REFERENCES reconciliation_items (seq) ON DELETE SET NULL,
    date TEXT NOT NULL,               -- empty: it could not be read
    amount INTEGER NOT NULL,          -- hundredths, a debit negative; the least number: it could not be read
    reference TEXT NOT NULL,
    description TEXT NOT NULL,
    searched TEXT NOT NULL,           -- reference and description, in lower case and without accents
    PRIMARY KEY (reconciliation_seq, place)
) WITHOUT ROWID;
CREATE INDEX reconciliation_lines_by_item ON reconciliation_lines (item);

-- The receipts that were compared, as they were then.
CREATE TABLE reconciliation_receipts (
    reconciliation_seq INTEGER NOT NULL REFERENCES reconciliations (seq) ON DELETE CASCADE,
    document_seq INTEGER NOT NULL,    -- the document may be gone since
    item INTEGER NOT NULL REFERENCES reconciliation_items (seq) ON DELETE CASCADE,
    document_id TEXT NOT NULL,
    name TEXT NOT NULL,
    who TEXT NOT NULL,
    date TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reference TEXT NOT NULL,
    bank TEXT NOT NULL,
    searched TEXT NOT NULL,           -- reference, who and name, in lower case and without accents
    PRIMARY KEY (reconciliation_seq, document_seq)
) WITHOUT ROWID;
CREATE INDEX reconciliation_receipts_by_item ON reconciliation_receipts (item);

-- What a person has told apart: it is not put together again.
CREATE TABLE reconciliation_apart (
    reconciliation_seq INTEGER NOT NULL REFERENCES reconciliations (seq) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    document_seq INTEGER NOT NULL,
    PRIMARY KEY (reconciliation_seq, place, document_seq)
) WITHOUT ROWID;

-- How the statements of a bank are to be read, as they were last.
CREATE TABLE statement_forms (
    bank TEXT NOT NULL,
    head TEXT NOT NULL,
    columns TEXT NOT NULL,
    options TEXT NOT NULL,
    used_ms INTEGER NOT NULL,
    PRIMARY KEY (bank, head)
) WITHOUT ROWID;
CREATE INDEX statement_forms_by_head ON statement_forms (head, used_ms);
