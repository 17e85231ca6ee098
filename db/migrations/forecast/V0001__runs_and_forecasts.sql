CREATE SCHEMA forecast;
GRANT USAGE ON SCHEMA forecast TO epm_app;

-- A run over the chain's cells. Its progress is written in the transaction of the batch it tells of.
CREATE TABLE forecast.run (
  tenant_id    uuid        NOT NULL,
  run_id       uuid        NOT NULL,
  kind         text        NOT NULL CHECK (kind IN ('retrain', 'refresh')),
  state        text        NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  nightly      boolean     NOT NULL,
  skus         text[],
  stores       text[],
  requested_by text,
  cancel_asked boolean     NOT NULL DEFAULT false,
  planned      boolean     NOT NULL DEFAULT false,
  series       int         NOT NULL DEFAULT 0,
  done         int         NOT NULL DEFAULT 0,
  refitted     int         NOT NULL DEFAULT 0,
  failed       int         NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  started_at   timestamptz,
  finished_at  timestamptz,
  as_of        date,
  sales_mark   bigint      NOT NULL DEFAULT 0,
  known_print  bigint      NOT NULL DEFAULT 0,
  failure_code text,
  PRIMARY KEY (tenant_id, run_id)
);
CREATE INDEX run_created ON forecast.run (tenant_id, created_at);
COMMENT ON TABLE forecast.run IS 'restore: emptied, since a run under way has no job behind it any more';
COMMENT ON COLUMN forecast.run.skus IS 'Null for all.';
COMMENT ON COLUMN forecast.run.sales_mark IS 'How far imports had come when the run was planned.';
COMMENT ON COLUMN forecast.run.known_print IS 'Fingerprint of opening days and events then: another one concerns every cell.';
ALTER TABLE forecast.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.run
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.run TO epm_app;

-- What a run does in one transaction: some products of one store. Those without an end are still to be done.
CREATE TABLE forecast.run_batch (
  tenant_id uuid    NOT NULL,
  run_id    uuid    NOT NULL,
  batch_no  int     NOT NULL,
  store_no  int     NOT NULL,
  retrain   boolean NOT NULL,
  products  int[]   NOT NULL,
  fitted    int     NOT NULL DEFAULT 0,
  fit_ms    real    NOT NULL DEFAULT 0,
  done_at   timestamptz,
  PRIMARY KEY (tenant_id, run_id, batch_no),
  FOREIGN KEY (tenant_id, run_id) REFERENCES forecast.run (tenant_id, run_id) ON DELETE CASCADE
);
COMMENT ON TABLE forecast.run_batch IS 'restore: emptied, since a run under way has no job behind it any more';
ALTER TABLE forecast.run_batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.run_batch FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.run_batch
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.run_batch TO epm_app;

-- A product in a store: what it was last fitted on, and how good its forecasts were in backtests. Narrow, for lists and sums.
CREATE TABLE forecast.cell (
  tenant_id    uuid        NOT NULL,
  product_no   int         NOT NULL,
  store_no     int         NOT NULL,
  state        text        NOT NULL CHECK (state IN ('tested', 'short', 'constant', 'new', 'ended')),
  first_sold   date        NOT NULL,
  last_sold    date        NOT NULL,
  as_of        date        NOT NULL,
  sales_mark   bigint      NOT NULL,
  fingerprint  bigint      NOT NULL,
  trained_at   timestamptz NOT NULL,
  refreshed_at timestamptz NOT NULL,
  method       text        NOT NULL,
  wape         double precision,
  bias         double precision,
  mase         double precision,
  coverage     double precision,
  naive_wape   double precision,
  naive_mase   double precision,
  tested_units double precision NOT NULL DEFAULT 0,
  failure      text,
  stale        boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, product_no, store_no)
);
CREATE INDEX cell_store ON forecast.cell (tenant_id, store_no);
COMMENT ON COLUMN forecast.cell.as_of IS 'Last business date of the history it was fitted on.';
COMMENT ON COLUMN forecast.cell.sales_mark IS 'How far imports had come then.';
COMMENT ON COLUMN forecast.cell.fingerprint IS 'Of the history and of what was known in advance: while it stays the same, nothing is fitted again.';
COMMENT ON COLUMN forecast.cell.stale IS 'Something else than a sale changed its history: the next run looks at it.';
COMMENT ON COLUMN forecast.cell.tested_units IS 'Units that came in its backtests: what its WAPE is weighted by.';
ALTER TABLE forecast.cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.cell FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.cell
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.cell TO epm_app;

-- What is expected of a cell, from the day behind its as_of on. Arrays are a value a day; quantiles thirteen a day, at
-- 2.5, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95 and 97.5 per cent; parts are seven stretches of a value a day (level, trend,
-- season, event, price, promotion, other) that add up to the mean. Small and read whole: compressing them would only cost time.
CREATE TABLE forecast.prediction (
  tenant_id  uuid     NOT NULL,
  product_no int      NOT NULL,
  store_no   int      NOT NULL,
  first_day  date     NOT NULL,
  horizon    smallint NOT NULL,
  mean       real[]   NOT NULL,
  naive      real[]   NOT NULL,
  quantiles  real[]   NOT NULL,
  parts      real[]   NOT NULL,
  recipe     jsonb    NOT NULL,
  PRIMARY KEY (tenant_id, product_no, store_no),
  FOREIGN KEY (tenant_id, product_no, store_no) REFERENCES forecast.cell (tenant_id, product_no, store_no) ON DELETE CASCADE
);
ALTER TABLE forecast.prediction ALTER COLUMN quantiles SET STORAGE EXTERNAL, ALTER COLUMN parts SET STORAGE EXTERNAL;
ALTER TABLE forecast.prediction ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.prediction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.prediction
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.prediction TO epm_app;

-- What would have been said at earlier moments. Each trial is six stretches of a value a day: came, mean, naive, P10, P50, P90.
CREATE TABLE forecast.backtest (
  tenant_id  uuid     NOT NULL,
  product_no int      NOT NULL,
  store_no   int      NOT NULL,
  cut_offs   date[]   NOT NULL,
  horizon    smallint NOT NULL,
  trials     real[]   NOT NULL,
  score      jsonb    NOT NULL,
  PRIMARY KEY (tenant_id, product_no, store_no),
  FOREIGN KEY (tenant_id, product_no, store_no) REFERENCES forecast.cell (tenant_id, product_no, store_no) ON DELETE CASCADE
);
ALTER TABLE forecast.backtest ALTER COLUMN trials SET STORAGE EXTERNAL;
COMMENT ON COLUMN forecast.backtest.cut_offs IS 'Last day known in each trial.';
ALTER TABLE forecast.backtest ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.backtest FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.backtest
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.backtest TO epm_app;

-- What planners say of a product's first and last days.
CREATE TABLE forecast.life (
  tenant_id  uuid NOT NULL,
  product_no int  NOT NULL,
  like_no    int,
  multiplier numeric NOT NULL DEFAULT 1 CHECK (multiplier > 0),
  started    boolean NOT NULL DEFAULT false,
  ends_on    date,
  PRIMARY KEY (tenant_id, product_no)
);
COMMENT ON COLUMN forecast.life.started IS 'Whether its first forecasts are borrowed: from the product it is like, or else from its category.';
COMMENT ON COLUMN forecast.life.ends_on IS 'First day on which nothing is expected any more.';
ALTER TABLE forecast.life ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.life FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.life
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.life TO epm_app;
