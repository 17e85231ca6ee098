-- What a POST was answered under its Idempotency-Key, written in the transaction of its effect. The answer is sealed under the
-- deployment's secret, and the fingerprint is a keyed hash: either may tell of a secret.
CREATE TABLE platform.idempotency (
  tenant_id   uuid        NOT NULL,
  caller      uuid        NOT NULL,
  route       text        NOT NULL,
  key         text        NOT NULL,
  fingerprint bytea       NOT NULL,
  answer      bytea       NOT NULL,
  made_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, caller, route, key)
);
CREATE INDEX idempotency_old ON platform.idempotency (tenant_id, made_at);
ALTER TABLE platform.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.idempotency
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.idempotency TO epm_app;
