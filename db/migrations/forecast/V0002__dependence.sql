-- How the errors of a chain's forecasts move together, as its backtests showed: what sums of forecasts are drawn with.
CREATE TABLE forecast.dependence (
  tenant_id    uuid        NOT NULL PRIMARY KEY,
  model        jsonb       NOT NULL,
  estimated_at timestamptz NOT NULL
);
ALTER TABLE forecast.dependence ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.dependence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.dependence
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.dependence TO epm_app;
