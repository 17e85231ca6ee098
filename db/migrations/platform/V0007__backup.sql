-- When backups were made and when restoring one was last proven: what the page of operations tells, and nothing of any tenant.
-- Written by the administrator's role alone.
CREATE TABLE platform.backup (
  name    text        NOT NULL PRIMARY KEY,
  kind    text        NOT NULL CHECK (kind IN ('physical', 'tenants')),
  at      timestamptz NOT NULL,
  bytes   bigint      NOT NULL,
  seconds numeric     NOT NULL
);
CREATE TABLE platform.drill (
  at          timestamptz NOT NULL PRIMARY KEY,
  backup      text        NOT NULL,
  exact       boolean     NOT NULL,
  damage_seen boolean     NOT NULL,
  rpo_seconds numeric     NOT NULL,
  rto_seconds numeric     NOT NULL,
  bytes       bigint      NOT NULL
);
GRANT SELECT ON platform.backup, platform.drill TO epm_app;
