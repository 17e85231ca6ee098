-- One number a tenant, raised by every transaction that changes its figures: cached answers are keyed by it.
CREATE TABLE platform.data_version (
  tenant_id uuid   NOT NULL PRIMARY KEY,
  version   bigint NOT NULL
);
ALTER TABLE platform.data_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.data_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.data_version
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.data_version TO epm_app;
