-- What people make of a forecast. A version is only ever ended, so that what was forecast at any moment, and by whom, can be told.
CREATE TABLE forecast.override (
  tenant_id          uuid        NOT NULL,
  override_id        uuid        NOT NULL,
  version            int         NOT NULL CHECK (version > 0),
  level              text        NOT NULL CHECK (level IN ('product', 'category', 'store', 'region', 'group')),
  product_no         int,
  category_no        int,
  store_no           int,
  region_code        text        COLLATE "C",
  from_day           date        NOT NULL,
  to_day             date        NOT NULL,
  formula            text        NOT NULL,
  reason             text        NOT NULL,
  expires_on         date,
  created_by         uuid        NOT NULL,
  created_by_name    text        NOT NULL,
  created_at         timestamptz NOT NULL,
  before_units       bigint      NOT NULL,
  after_units        bigint      NOT NULL,
  ended_at           timestamptz,
  ended_by_name      text,
  withdrawn          boolean     NOT NULL DEFAULT false,
  scored_days        int         NOT NULL DEFAULT 0,
  scored_actual      double precision NOT NULL DEFAULT 0,
  scored_statistical double precision NOT NULL DEFAULT 0,
  scored_overridden  double precision NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, override_id, version),
  CHECK (to_day >= from_day)
);
CREATE INDEX override_days ON forecast.override (tenant_id, to_day) WHERE ended_at IS NULL;
COMMENT ON COLUMN forecast.override.before_units IS 'Ten-thousandths, as all quantities of overrides.';
COMMENT ON COLUMN forecast.override.scored_actual IS 'Sums of absolute values over its scored days: measures are made of sums.';
ALTER TABLE forecast.override ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.override FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.override
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.override TO epm_app;

-- What a total adds to each day of each store, worked out when it was made: one stretch of its days a store, in ten-thousandths.
CREATE TABLE forecast.override_share (
  tenant_id   uuid     NOT NULL,
  product_no  int      NOT NULL,
  override_id uuid     NOT NULL,
  version     int      NOT NULL,
  store_nos   int[]    NOT NULL,
  shares      bigint[] NOT NULL,
  PRIMARY KEY (tenant_id, product_no, override_id, version),
  FOREIGN KEY (tenant_id, override_id, version) REFERENCES forecast.override (tenant_id, override_id, version)
);
CREATE INDEX override_share_override ON forecast.override_share (tenant_id, override_id, version);
ALTER TABLE forecast.override_share ENABLE ROW LEVEL SECURITY;
ALTER TABLE forecast.override_share FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON forecast.override_share
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON forecast.override_share TO epm_app;
