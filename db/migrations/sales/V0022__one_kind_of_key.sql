-- Keys of uploads are kept with all others, in platform.idempotency. idempotency_key stays as what the seed knows its own files by;
-- the fingerprint is still written by hosts of the release before, so the column stays until a later one.
ALTER TABLE sales.import ALTER COLUMN fingerprint DROP NOT NULL;
