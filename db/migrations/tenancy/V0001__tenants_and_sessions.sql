CREATE SCHEMA tenancy;
GRANT USAGE ON SCHEMA tenancy TO epm_app;

-- Which tenant a subdomain belongs to: asked before a tenant is known, so it stands outside row-level security and holds
-- nothing but the two names.
CREATE TABLE tenancy.directory (
  slug   text NOT NULL PRIMARY KEY,
  tenant uuid NOT NULL UNIQUE
);
GRANT SELECT, INSERT ON tenancy.directory TO epm_app;

-- Keys that sign access tokens of all tenants. The private half is sealed under the deployment's secret.
CREATE TABLE tenancy.signing_key (
  kid         text        NOT NULL PRIMARY KEY,
  public_key  bytea       NOT NULL,
  private_key bytea       NOT NULL,
  made_at     timestamptz NOT NULL,
  retires_at  timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.signing_key TO epm_app;

CREATE TABLE tenancy.tenant (
  tenant_id uuid        NOT NULL PRIMARY KEY,
  slug      text        NOT NULL,
  name      text        NOT NULL,
  country   text        NOT NULL,
  currency  text        NOT NULL,
  time_zone text        NOT NULL,
  language  text        NOT NULL CHECK (language IN ('fr', 'en')),
  demo      boolean     NOT NULL DEFAULT false,
  opened_at timestamptz NOT NULL
);
ALTER TABLE tenancy.tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.tenant
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.tenant TO epm_app;

CREATE TABLE tenancy.app_user (
  tenant_id     uuid        NOT NULL REFERENCES tenancy.tenant (tenant_id),
  user_id       uuid        NOT NULL,
  email         text        NOT NULL CHECK (email = lower(email)),
  name          text        NOT NULL,
  role          text        NOT NULL CHECK (role IN ('director', 'regional-manager', 'store-manager', 'analyst', 'admin', 'integrator')),
  language      text        NOT NULL CHECK (language IN ('fr', 'en')),
  scope_kind    text        NOT NULL CHECK (scope_kind IN ('all', 'regions', 'stores')),
  scope_regions text[]      NOT NULL DEFAULT '{}',
  scope_stores  text[]      NOT NULL DEFAULT '{}',
  sees_cost     boolean     NOT NULL,
  active        boolean     NOT NULL DEFAULT true,
  -- kind$iterations$salt$hash: the parameters travel with the hash, so that they can be raised at the next sign-in.
  password_hash text        NOT NULL,
  added_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id),
  UNIQUE (tenant_id, email)
);
ALTER TABLE tenancy.app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.app_user FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.app_user
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.app_user TO epm_app;

-- One sign-in on one device. Its refresh tokens are one family: they live and die together.
CREATE TABLE tenancy.session (
  tenant_id  uuid        NOT NULL,
  session_id uuid        NOT NULL,
  user_id    uuid        NOT NULL,
  started_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz,
  ended_for  text CHECK (ended_for IN ('signed-out', 'token-reused', 'deactivated')),
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.app_user (tenant_id, user_id)
);
CREATE INDEX session_of_user ON tenancy.session (tenant_id, user_id) WHERE ended_at IS NULL;
ALTER TABLE tenancy.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.session
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.session TO epm_app;

-- Every token the family has had, by its SHA-256. A replaced one keeps the nonce that, together with the token itself, yields
-- its successor: parallel refreshes of one browser all get that same successor, and this table alone yields none.
CREATE TABLE tenancy.refresh_token (
  tenant_id   uuid        NOT NULL,
  token_hash  bytea       NOT NULL,
  session_id  uuid        NOT NULL,
  generation  int         NOT NULL,
  issued_at   timestamptz NOT NULL,
  replaced_at timestamptz,
  nonce       bytea,
  PRIMARY KEY (tenant_id, token_hash),
  UNIQUE (tenant_id, session_id, generation),
  FOREIGN KEY (tenant_id, session_id) REFERENCES tenancy.session (tenant_id, session_id) ON DELETE CASCADE
);
ALTER TABLE tenancy.refresh_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.refresh_token FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.refresh_token
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.refresh_token TO epm_app;

-- How many password checks an account or an address has used in its current window.
CREATE TABLE tenancy.sign_in_budget (
  tenant_id uuid        NOT NULL,
  subject   text        NOT NULL,
  opened_at timestamptz NOT NULL,
  checks    int         NOT NULL,
  PRIMARY KEY (tenant_id, subject)
);
CREATE INDEX sign_in_budget_age ON tenancy.sign_in_budget (tenant_id, opened_at);
ALTER TABLE tenancy.sign_in_budget ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.sign_in_budget FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.sign_in_budget
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.sign_in_budget TO epm_app;
