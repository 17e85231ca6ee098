-- Sale lines: the source every figure can be recomputed from. Columns stand in the order that wastes no padding, and the
-- natural key is the only index besides the block-range one: both cost bytes and time on every line ever imported.
-- Store and product are the tenant's own small numbers, so a line can name none of another tenant's; no foreign key is
-- checked per line, because the import resolves both inside the same transaction and neither is ever deleted.
CREATE TABLE sales.line (
  tenant_id        uuid        NOT NULL,
  sold_at          timestamptz NOT NULL,
  store_no         int         NOT NULL,
  product_no       int         NOT NULL,
  import_no        int         NOT NULL,
  line             smallint    NOT NULL,
  tax_basis_points smallint    NOT NULL,
  ticket           text        COLLATE "C" NOT NULL,
  customer         text        COLLATE "C" NOT NULL,
  quantity         numeric     NOT NULL,
  unit_price       numeric     NOT NULL,
  discount         numeric     NOT NULL,
  PRIMARY KEY (tenant_id, store_no, ticket, line)
);
COMMENT ON COLUMN sales.line.sold_at IS 'Midnight exactly, in the store''s zone, when the source told only the day.';
COMMENT ON COLUMN sales.line.ticket IS 'Begins with = when the source had no tickets but totals of a day.';
COMMENT ON COLUMN sales.line.unit_price IS 'Tax included; the line''s revenue is quantity * unit_price - discount.';
CREATE INDEX line_when ON sales.line USING brin (tenant_id, store_no, sold_at) WITH (pages_per_range = 32);
ALTER TABLE sales.line ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.line
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.line TO epm_app;
