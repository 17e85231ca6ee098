-- Keys that other programs call with. Of the secret only its SHA-256 is kept; while a rotated key's old secret still opens, both are.
CREATE TABLE tenancy.api_key (
  tenant_id      uuid        NOT NULL REFERENCES tenancy.tenant (tenant_id),
  -- The part of the key that may be shown, and that the key is looked up by.
  key_id         text        NOT NULL,
  -- Who the trail says it was, beside people.
  actor_id       uuid        NOT NULL,
  name           text        NOT NULL,
  secret_hash    bytea       NOT NULL,
  former_hash    bytea,
  overlap_until  timestamptz,
  permissions    text[]      NOT NULL,
  scope          jsonb       NOT NULL,
  -- Both say the same: the last day in the chain's time zone, and the instant that day ends.
  expires_on     date        NOT NULL,
  expires_at     timestamptz NOT NULL,
  created_at     timestamptz NOT NULL,
  created_by     text        NOT NULL,
  revoked_at     timestamptz,
  last_used_at   timestamptz,
  last_used_from text,
  PRIMARY KEY (tenant_id, key_id),
  UNIQUE (tenant_id, actor_id)
);
ALTER TABLE tenancy.api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.api_key
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.api_key TO epm_app;
