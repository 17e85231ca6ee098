-- What is left of a chain that was deleted as a whole: that it was there, and how its trail ended. Nothing it held, and nobody it knew.
-- Written by the owner alone. Its figures' version is kept so that a chain that comes back never repeats a version it has had.
CREATE TABLE platform.deleted_tenant (
  tenant       uuid        NOT NULL PRIMARY KEY,
  slug         text        NOT NULL,
  deleted_at   timestamptz NOT NULL,
  deleted_by   text        NOT NULL,
  rows         bigint      NOT NULL,
  data_version bigint      NOT NULL,
  trail_number bigint      NOT NULL,
  trail_hash   bytea,
  restored_at  timestamptz
);
GRANT SELECT ON platform.deleted_tenant TO epm_app;

-- What restoring one chain does with a table, where that is not to bring its rows back. Tables the application cannot delete from are
-- left as they are without being told to.
COMMENT ON TABLE platform.data_version IS 'restore: left, since answers are remembered by it and it must never come by the same number twice';
