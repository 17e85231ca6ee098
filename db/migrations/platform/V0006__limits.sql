-- What a chain's administrator has set in place of the deployment's own limits; no row, no difference.
CREATE TABLE platform.tenant_limits (
  tenant_id           uuid NOT NULL PRIMARY KEY,
  requests_per_minute int  NOT NULL CHECK (requests_per_minute > 0),
  uploads_at_once     int  NOT NULL CHECK (uploads_at_once > 0)
);
ALTER TABLE platform.tenant_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.tenant_limits FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.tenant_limits
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.tenant_limits TO epm_app;
