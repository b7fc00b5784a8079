-- Version 9: known parties: who was paid or who sold, as people confirmed it.

CREATE TABLE parties (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
);

-- One row for each thing known of a party, and for each document that a person confirmed it with.
CREATE TABLE party_facts (
    party_seq INTEGER NOT NULL REFERENCES parties (seq) ON DELETE CASCADE,
    kind TEXT NOT NULL,               -- name, id, phone, account, key, bank, address
    value TEXT NOT NULL,              -- as the document has it
    source TEXT NOT NULL,             -- id of the document, which may be gone since; empty: entered by hand
    sought TEXT NOT NULL,             -- what it is found by: a name folded, the digits of an id
    actor TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (party_seq, kind, value, source)
) WITHOUT ROWID;
CREATE INDEX party_facts_by_sought ON party_facts (kind, sought);
CREATE INDEX party_facts_by_source ON party_facts (source);

-- Fields that were repaired from a party, or that contradict one.
CREATE TABLE party_uses (
    document_seq INTEGER NOT NULL REFERENCES documents (seq) ON DELETE CASCADE,
    field TEXT NOT NULL,
    party_seq INTEGER NOT NULL REFERENCES parties (seq) ON DELETE CASCADE,
    how TEXT NOT NULL,                -- repaired, name, mark
    by_field TEXT NOT NULL,           -- the field by which the party was found
    PRIMARY KEY (document_seq, field)
) WITHOUT ROWID;
CREATE INDEX party_uses_by_party ON party_uses (party_seq);
