-- The same wall, asked once a statement instead of once a row: of an import's time a tenth.
ALTER POLICY tenant ON sales.line
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
ALTER POLICY tenant ON sales.day_product
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
