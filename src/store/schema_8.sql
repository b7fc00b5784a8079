-- Version 8: what the page is, which way the money went, and which country it shows.

ALTER TABLE documents ADD COLUMN kind TEXT;      -- "payment_made", "invoice", "none", ...; NULL: not read since version 8
ALTER TABLE documents ADD COLUMN direction TEXT; -- of a payment: "out" or "in"
ALTER TABLE documents ADD COLUMN country TEXT;   -- ISO 3166; NULL: the page shows none
