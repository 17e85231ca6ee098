CREATE SCHEMA stores;
GRANT USAGE ON SCHEMA stores TO epm_app;

CREATE TABLE stores.region (
  tenant_id   uuid NOT NULL,
  region_code text COLLATE "C" NOT NULL,
  name        text NOT NULL,
  PRIMARY KEY (tenant_id, region_code)
);
ALTER TABLE stores.region ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.region FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.region
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.region TO epm_app;

-- The number is the store's small key in the sales tables: given once, never reused, the tenant's own count.
CREATE TABLE stores.store (
  tenant_id   uuid    NOT NULL,
  store_no    int     NOT NULL CHECK (store_no > 0),
  code        text COLLATE "C" NOT NULL,
  name        text    NOT NULL,
  region_code text COLLATE "C" NOT NULL,
  country     char(2) NOT NULL,
  currency    char(3) NOT NULL,
  surface     numeric CHECK (surface > 0),
  opened_on   date    NOT NULL,
  closed_on   date    CHECK (closed_on >= opened_on),
  time_zone   text    NOT NULL,
  PRIMARY KEY (tenant_id, store_no),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, region_code) REFERENCES stores.region (tenant_id, region_code)
);
CREATE INDEX store_region ON stores.store (tenant_id, region_code);
ALTER TABLE stores.store ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.store FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.store
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.store TO epm_app;

CREATE TABLE stores.closure (
  tenant_id uuid NOT NULL,
  store_no  int  NOT NULL,
  from_day  date NOT NULL,
  to_day    date NOT NULL CHECK (to_day >= from_day),
  reason    text NOT NULL,
  PRIMARY KEY (tenant_id, store_no, from_day),
  FOREIGN KEY (tenant_id, store_no) REFERENCES stores.store (tenant_id, store_no)
);
ALTER TABLE stores.closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.closure FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.closure
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.closure TO epm_app;

-- Revenue with tax that a store is to make in a month, named by its first day.
CREATE TABLE stores.objective (
  tenant_id uuid    NOT NULL,
  store_no  int     NOT NULL,
  month     date    NOT NULL CHECK (extract(day FROM month) = 1),
  revenue   numeric NOT NULL CHECK (revenue >= 0),
  PRIMARY KEY (tenant_id, store_no, month),
  FOREIGN KEY (tenant_id, store_no) REFERENCES stores.store (tenant_id, store_no)
);
ALTER TABLE stores.objective ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores.objective FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stores.objective
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON stores.objective TO epm_app;
