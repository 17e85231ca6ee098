-- Facts that were told and have not all been reacted to. Written in the transaction of the change they tell of, removed in the
-- transaction of the last reaction.
CREATE TABLE platform.fact (
  tenant_id uuid        NOT NULL,
  fact_id   uuid        NOT NULL,
  kind      text        NOT NULL,
  about     text        NOT NULL,
  body      text        NOT NULL,
  told_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  failure   text,
  PRIMARY KEY (tenant_id, fact_id)
);
ALTER TABLE platform.fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.fact FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.fact
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.fact TO epm_app;

-- Who has reacted to which fact: written in the transaction of the reaction's own effect.
CREATE TABLE platform.inbox (
  tenant_id uuid NOT NULL,
  consumer  text NOT NULL,
  fact_id   uuid NOT NULL,
  PRIMARY KEY (tenant_id, consumer, fact_id)
);
ALTER TABLE platform.inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.inbox
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.inbox TO epm_app;

-- What dispatchers look for across tenants, as workers look for jobs: which fact of which tenant, and nothing it says. stream is a
-- hash of tenant and subject; numbers are given one at a time within a stream, so that their order is the order of the commits.
CREATE TABLE platform.delivery (
  delivery_no bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant      uuid        NOT NULL,
  slug        text        NOT NULL,
  fact_id     uuid        NOT NULL,
  kind        text        NOT NULL,
  stream      bigint      NOT NULL,
  due_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts    int         NOT NULL DEFAULT 0,
  dead        boolean     NOT NULL DEFAULT false
) WITH (autovacuum_vacuum_scale_factor = 0.05, fillfactor = 80);
CREATE INDEX delivery_stream ON platform.delivery (stream, delivery_no) WHERE NOT dead;
CREATE INDEX delivery_dead ON platform.delivery (tenant) WHERE dead;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.delivery TO epm_app;
