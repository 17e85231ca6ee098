-- What had been forecast for a day when it was still so many days ahead, and what came. One row a product and day holds all its
-- stores, in arrays of the same order; overridden is null where nobody had overridden anything, and the statistical mean where not.
CREATE TABLE forecast.past (
  tenant_id   uuid     NOT NULL,
  lag         smallint NOT NULL CHECK (lag > 0),
  product_no  int      NOT NULL,
  day         date     NOT NULL,
  kept_at     timestamptz NOT NULL,
  store_nos   int[]    NOT NULL,
  methods     text[]   NOT NULL,
  naive       real[]   NOT NULL,
  statistical real[]   NOT NULL,
  overridden  real[],
  p10         real[]   NOT NULL,
  p50         real[]   NOT NULL,
  p90         real[]   NOT NULL,
  actual      real[],
  PRIMARY KEY (tenant_id, lag, product_no, day)
);
CREATE INDEX past_day ON forecast.past (tenant_id, lag, day);
COMMENT ON COLUMN forecast.past.lag IS 'Days from the last one known to the one forecast.';
COMMENT ON COLUMN forecast.past.kept_at IS 'When it was said: overrides made later have no part in it.';
COMMENT ON COLUMN forecast.past.actual IS 'What came, filled in when it came; null until then, and NaN for stores that have not told.';
ALTER TABLE forecast.past ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.past FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.past
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.past TO epm_app;

-- Cells whose forecasts were worse in the last four weeks than in the eight before and than their backtest; told anew by every run.
CREATE TABLE forecast.drift (
  tenant_id  uuid NOT NULL,
  product_no int  NOT NULL,
  store_no   int  NOT NULL,
  wape_before double precision NOT NULL,
  wape_now    double precision NOT NULL,
  since       date NOT NULL,
  PRIMARY KEY (tenant_id, product_no, store_no)
);
ALTER TABLE forecast.drift ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.drift FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.drift
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.drift TO epm_app;
