-- Work to be done outside a request. It names a tenant and what to do, and holds none of the tenant's data: workers look
-- for work across tenants, and then enter the tenant's own session to do it.
CREATE TABLE platform.job (
  job_id      uuid        NOT NULL PRIMARY KEY,
  tenant      uuid        NOT NULL,
  slug        text        NOT NULL,
  kind        text        NOT NULL,
  subject     uuid        NOT NULL,
  queued_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts    int         NOT NULL DEFAULT 0,
  worker      text,
  leased_until timestamptz,
  failed      boolean     NOT NULL DEFAULT false,
  UNIQUE (kind, subject)
);
CREATE INDEX job_waiting ON platform.job (queued_at) WHERE NOT failed;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.job TO epm_app;
