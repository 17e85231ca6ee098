-- Sums kept exact in the transaction of the lines they come from. Amounts and units are whole ten-thousandths (exact, and
-- several times faster to add than numeric). category_no 0 is the whole store; a line counts in its category and in every
-- one above it, so that a ticket is counted once at each level and nothing distinct is ever added up.
CREATE TABLE sales.day_category (
  tenant_id  uuid   NOT NULL,
  category_no int NOT NULL,
  store_no   int    NOT NULL,
  day        date   NOT NULL,
  tickets    bigint NOT NULL,
  lines      bigint NOT NULL,
  units      bigint NOT NULL,
  revenue    bigint NOT NULL,
  net        bigint NOT NULL,
  discount   bigint NOT NULL,
  cost       bigint NOT NULL,
  costed_net bigint NOT NULL,
  PRIMARY KEY (tenant_id, category_no, store_no, day)
);
ALTER TABLE sales.day_category ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.day_category FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.day_category
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.day_category TO epm_app;

CREATE TABLE sales.month_category (
  tenant_id  uuid   NOT NULL,
  category_no int NOT NULL,
  store_no   int    NOT NULL,
  month      date   NOT NULL,
  tickets    bigint NOT NULL,
  lines      bigint NOT NULL,
  units      bigint NOT NULL,
  revenue    bigint NOT NULL,
  net        bigint NOT NULL,
  discount   bigint NOT NULL,
  cost       bigint NOT NULL,
  costed_net bigint NOT NULL,
  PRIMARY KEY (tenant_id, category_no, store_no, month)
);
ALTER TABLE sales.month_category ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.month_category FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.month_category
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.month_category TO epm_app;

CREATE TABLE sales.day_product (
  tenant_id  uuid   NOT NULL,
  store_no   int    NOT NULL,
  day        date   NOT NULL,
  product_no int    NOT NULL,
  tickets    bigint NOT NULL,
  lines      bigint NOT NULL,
  units      bigint NOT NULL,
  revenue    bigint NOT NULL,
  net        bigint NOT NULL,
  discount   bigint NOT NULL,
  cost       bigint NOT NULL,
  costed_net bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_no, day, product_no)
);
ALTER TABLE sales.day_product ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.day_product FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.day_product
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.day_product TO epm_app;

-- Lines whose source told no time of day are left out here.
CREATE TABLE sales.day_hour (
  tenant_id  uuid     NOT NULL,
  store_no   int      NOT NULL,
  day        date     NOT NULL,
  hour       smallint NOT NULL,
  tickets    bigint   NOT NULL,
  lines      bigint   NOT NULL,
  revenue    bigint   NOT NULL,
  PRIMARY KEY (tenant_id, store_no, day, hour)
);
ALTER TABLE sales.day_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.day_hour FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.day_hour
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.day_hour TO epm_app;
