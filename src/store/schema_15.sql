-- Version 15: of how many last pages the fields of a document are, besides its first ones.

ALTER TABLE documents ADD COLUMN fields_last_pages INTEGER NOT NULL DEFAULT 0; -- 0: of none, or of all pages
