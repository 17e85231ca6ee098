CREATE SCHEMA sales;
GRANT USAGE ON SCHEMA sales TO epm_app;

-- A forest of at most five levels; the depth and the absence of cycles are the domain's to keep.
CREATE TABLE sales.category (
  tenant_id   uuid NOT NULL,
  category_no int  NOT NULL CHECK (category_no > 0),
  code        text COLLATE "C" NOT NULL,
  name        text NOT NULL,
  parent_no   int  CHECK (parent_no <> category_no),
  PRIMARY KEY (tenant_id, category_no),
  UNIQUE (tenant_id, code),
  FOREIGN KEY (tenant_id, parent_no) REFERENCES sales.category (tenant_id, category_no)
);
CREATE INDEX category_parent ON sales.category (tenant_id, parent_no);
ALTER TABLE sales.category ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.category FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.category
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.category TO epm_app;

-- The search text holds ASCII only for the letters people type without their accents, whatever the database's locale.
CREATE TABLE sales.product (
  tenant_id   uuid NOT NULL,
  product_no  int  NOT NULL CHECK (product_no > 0),
  sku         text COLLATE "C" NOT NULL,
  name        text NOT NULL,
  category_no int  NOT NULL,
  sale_price  numeric CHECK (sale_price >= 0),
  tax_rate    numeric(6,4) NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 1),
  active      boolean NOT NULL DEFAULT true,
  search      text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(translate((sku || ' ' || name) COLLATE "C",
    'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ', 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'))) STORED,
  PRIMARY KEY (tenant_id, product_no),
  UNIQUE (tenant_id, sku),
  FOREIGN KEY (tenant_id, category_no) REFERENCES sales.category (tenant_id, category_no)
);
CREATE INDEX product_category ON sales.product (tenant_id, category_no);
ALTER TABLE sales.product ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.product FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.product
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.product TO epm_app;

-- Purchase price over time: a sale costs what was valid on its business date. The first known price holds from '-infinity'.
CREATE TABLE sales.product_cost (
  tenant_id  uuid    NOT NULL,
  product_no int     NOT NULL,
  valid_from date    NOT NULL,
  cost       numeric NOT NULL CHECK (cost >= 0),
  PRIMARY KEY (tenant_id, product_no, valid_from),
  FOREIGN KEY (tenant_id, product_no) REFERENCES sales.product (tenant_id, product_no)
);
ALTER TABLE sales.product_cost ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.product_cost FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.product_cost
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.product_cost TO epm_app;

-- Raised by every edit that moves products between categories or changes costs. Imports hold the row FOR SHARE while they file lines by a
-- snapshot of the catalogue: an edit waits for them, and they notice one that came between.
CREATE TABLE sales.catalogue_version (
  tenant_id uuid   NOT NULL PRIMARY KEY,
  version   bigint NOT NULL DEFAULT 1
);
ALTER TABLE sales.catalogue_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.catalogue_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.catalogue_version
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.catalogue_version TO epm_app;
