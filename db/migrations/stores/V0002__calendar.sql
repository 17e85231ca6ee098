-- What a chain decided about a feast; proposals that nobody touched are computed and stored nowhere. The country is empty where all share the feast.
CREATE TABLE stores.feast_decision (
  tenant_id uuid NOT NULL,
  code      text COLLATE "C" NOT NULL,
  country   text COLLATE "C" NOT NULL,
  base_day  date NOT NULL,
  state     text NOT NULL CHECK (state IN ('confirmed', 'moved', 'dismissed')),
  from_day  date NOT NULL,
  to_day    date NOT NULL,
  lead_days int  NOT NULL CHECK (lead_days BETWEEN 0 AND 60),
  lag_days  int  NOT NULL CHECK (lag_days BETWEEN 0 AND 60),
  PRIMARY KEY (tenant_id, code, country, base_day),
  CHECK (to_day >= from_day)
);
ALTER TABLE stores.feast_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.feast_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.feast_decision
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.feast_decision TO epm_app;

-- The chain's own events. No country: all of them. No store numbers: all stores of the country.
CREATE TABLE stores.own_event (
  tenant_id uuid NOT NULL,
  event_id  uuid NOT NULL,
  code      text COLLATE "C" NOT NULL,
  name      text NOT NULL,
  country   char(2),
  from_day  date NOT NULL,
  to_day    date NOT NULL,
  lead_days int  NOT NULL CHECK (lead_days BETWEEN 0 AND 60),
  lag_days  int  NOT NULL CHECK (lag_days BETWEEN 0 AND 60),
  store_nos int[],
  PRIMARY KEY (tenant_id, event_id),
  CHECK (to_day >= from_day)
);
ALTER TABLE stores.own_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.own_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.own_event
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.own_event TO epm_app;
