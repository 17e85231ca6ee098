-- An import, its progress, and what it did. Progress is written in the transaction of the lines it tells of.
CREATE TABLE sales.import (
  tenant_id       uuid        NOT NULL,
  import_id       uuid        NOT NULL,
  import_no       int         NOT NULL,
  kind            text        NOT NULL,
  mode            text        NOT NULL,
  dry_run         boolean     NOT NULL,
  mapping         text,
  layout          jsonb       NOT NULL,
  file_name       text,
  idempotency_key text,
  fingerprint     bytea       NOT NULL,
  state           text        NOT NULL,
  cancel_asked    boolean     NOT NULL DEFAULT false,
  total_bytes     bigint      NOT NULL,
  done_bytes      bigint      NOT NULL DEFAULT 0,
  last_line       bigint      NOT NULL DEFAULT 0,
  read            bigint      NOT NULL DEFAULT 0,
  added           bigint      NOT NULL DEFAULT 0,
  updated         bigint      NOT NULL DEFAULT 0,
  unchanged       bigint      NOT NULL DEFAULT 0,
  rejected        bigint      NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL,
  created_by      text        NOT NULL,
  language        text        NOT NULL,
  scope           jsonb       NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,
  failure_code    text,
  effect_from     date,
  effect_to       date,
  effect_stores   int[]       NOT NULL DEFAULT '{}',
  effect_revenue  bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, import_id),
  UNIQUE (tenant_id, import_no),
  UNIQUE (tenant_id, idempotency_key)
);
ALTER TABLE sales.import ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.import FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.import
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.import TO epm_app;

-- The file itself until the import has ended: about a megabyte of text a row, compressed before it comes here.
CREATE TABLE sales.import_chunk (
  tenant_id uuid  NOT NULL,
  import_id uuid  NOT NULL,
  chunk_no  int   NOT NULL,
  content   bytea NOT NULL,
  PRIMARY KEY (tenant_id, import_id, chunk_no),
  FOREIGN KEY (tenant_id, import_id) REFERENCES sales.import (tenant_id, import_id) ON DELETE CASCADE
);
ALTER TABLE sales.import_chunk ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE sales.import_chunk ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.import_chunk FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.import_chunk
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.import_chunk TO epm_app;

CREATE TABLE sales.import_error (
  tenant_id  uuid   NOT NULL,
  import_id  uuid   NOT NULL,
  file_line  bigint NOT NULL,
  error_no   int    NOT NULL,
  field      text   NOT NULL,
  code       text   NOT NULL,
  value      text   NOT NULL,
  content    text   NOT NULL,
  PRIMARY KEY (tenant_id, import_id, file_line, error_no),
  FOREIGN KEY (tenant_id, import_id) REFERENCES sales.import (tenant_id, import_id) ON DELETE CASCADE
);
ALTER TABLE sales.import_error ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.import_error FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.import_error
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.import_error TO epm_app;

CREATE TABLE sales.import_mapping (
  tenant_id  uuid  NOT NULL,
  kind       text  NOT NULL,
  name       text  COLLATE "C" NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (tenant_id, kind, name)
);
ALTER TABLE sales.import_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.import_mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales.import_mapping
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sales.import_mapping TO epm_app;
