-- Version 12: whether the places of a document's letters are kept.

ALTER TABLE documents ADD COLUMN letters INTEGER NOT NULL DEFAULT 0; -- 1: they are
