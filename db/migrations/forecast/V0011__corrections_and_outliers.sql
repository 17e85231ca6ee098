-- What a day is to be learnt from as, in place of what was sold. What was sold stays in the sales tables as it is.
CREATE TABLE forecast.correction (
  tenant_id       uuid        NOT NULL,
  store_no        int         NOT NULL,
  product_no      int         NOT NULL,
  day             date        NOT NULL,
  correction_id   uuid        NOT NULL,
  corrected       bigint      CHECK (corrected >= 0),
  reason          text        NOT NULL CHECK (reason IN ('stock_out', 'outlier', 'event', 'manual')),
  note            text,
  created_by_name text        NOT NULL,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, store_no, product_no, day),
  UNIQUE (tenant_id, correction_id)
);
COMMENT ON COLUMN forecast.correction.corrected IS 'Ten-thousandths; null to learn nothing from the day.';
ALTER TABLE forecast.correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.correction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.correction
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.correction TO epm_app;

-- Days that do not look like the others, with what somebody said of them. One that was decided is not asked again.
CREATE TABLE forecast.outlier (
  tenant_id       uuid             NOT NULL,
  outlier_id      uuid             NOT NULL,
  store_no        int              NOT NULL,
  product_no      int              NOT NULL,
  day             date             NOT NULL,
  days            int              NOT NULL,
  units           double precision NOT NULL,
  p10             double precision NOT NULL,
  p50             double precision NOT NULL,
  p90             double precision NOT NULL,
  score           double precision NOT NULL,
  reason          text             NOT NULL CHECK (reason IN ('spike', 'drop', 'stock_out', 'level_shift')),
  state           text             NOT NULL CHECK (state IN ('open', 'corrected', 'kept', 'event')),
  found_at        timestamptz      NOT NULL,
  decided_by_name text,
  decided_at      timestamptz,
  PRIMARY KEY (tenant_id, outlier_id),
  UNIQUE (tenant_id, store_no, product_no, day)
);
COMMENT ON COLUMN forecast.outlier.days IS 'How many days it lasts; 1 unless nothing was sold for several.';
CREATE INDEX outlier_open ON forecast.outlier (tenant_id, day) WHERE state = 'open';
ALTER TABLE forecast.outlier ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.outlier FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.outlier
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.outlier TO epm_app;
