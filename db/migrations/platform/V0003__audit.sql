-- Who did what: one row a change, chained by hash within the tenant. Append-only by grants: the application can add and read, and
-- nothing more. before and after are json, not jsonb: the hash is over the text as it was written.
CREATE TABLE platform.audit_entry (
  tenant_id  uuid        NOT NULL,
  number     bigint      NOT NULL CHECK (number > 0),
  at         timestamptz NOT NULL,
  user_id    uuid,
  user_name  text,
  user_email text,
  via        text        NOT NULL CHECK (via IN ('session', 'key', 'preview', 'system')),
  action     text        NOT NULL,
  subject    text,
  before     json,
  after      json,
  address    text,
  agent      text,
  key_id     text        NOT NULL,
  previous   bytea       NOT NULL,
  hash       bytea       NOT NULL,
  PRIMARY KEY (tenant_id, number)
);
CREATE INDEX audit_entry_at ON platform.audit_entry (tenant_id, at);
CREATE INDEX audit_entry_user ON platform.audit_entry (tenant_id, user_id, number);
CREATE INDEX audit_entry_action ON platform.audit_entry (tenant_id, action, number);
CREATE INDEX audit_entry_subject ON platform.audit_entry (tenant_id, subject text_pattern_ops, number);
ALTER TABLE platform.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.audit_entry
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON platform.audit_entry TO epm_app;

-- The newest entry of each tenant. Locked for the moment between taking a number and the commit that uses it.
CREATE TABLE platform.audit_head (
  tenant_id uuid        NOT NULL PRIMARY KEY,
  number    bigint      NOT NULL,
  hash      bytea       NOT NULL,
  at        timestamptz NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE platform.audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.audit_head
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON platform.audit_head TO epm_app;
