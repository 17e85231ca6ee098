-- The second factor of a person. Unconfirmed until a first code was right; the secret is sealed under the deployment's.
CREATE TABLE tenancy.two_factor (
  tenant_id    uuid        NOT NULL,
  user_id      uuid        NOT NULL,
  secret       bytea       NOT NULL,
  made_at      timestamptz NOT NULL,
  confirmed_at timestamptz,
  -- The newest 30-second step whose code was used: no step opens twice, nor one before it.
  last_step    bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.app_user (tenant_id, user_id) ON DELETE CASCADE
);
ALTER TABLE tenancy.two_factor ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.two_factor FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.two_factor
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.two_factor TO epm_app;

-- Codes for the day the telephone is gone: 120 random bits each, so a plain SHA-256 keeps them.
CREATE TABLE tenancy.recovery_code (
  tenant_id uuid        NOT NULL,
  user_id   uuid        NOT NULL,
  code_hash bytea       NOT NULL,
  used_at   timestamptz,
  PRIMARY KEY (tenant_id, user_id, code_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.two_factor (tenant_id, user_id) ON DELETE CASCADE
);
ALTER TABLE tenancy.recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.recovery_code FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.recovery_code
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.recovery_code TO epm_app;

-- Browsers that a person has signed in from: they have a budget of password checks that no stranger can use up.
CREATE TABLE tenancy.known_device (
  tenant_id   uuid        NOT NULL,
  user_id     uuid        NOT NULL,
  device_hash bytea       NOT NULL,
  seen_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id, device_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.app_user (tenant_id, user_id) ON DELETE CASCADE
);
ALTER TABLE tenancy.known_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.known_device FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.known_device
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.known_device TO epm_app;

-- What the whole deployment allows in a window, whichever chain is meant: sign-ups of an address, password checks of everybody.
CREATE TABLE tenancy.wide_budget (
  subject   text        NOT NULL PRIMARY KEY,
  opened_at timestamptz NOT NULL,
  checks    int         NOT NULL
);
CREATE INDEX wide_budget_age ON tenancy.wide_budget (opened_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.wide_budget TO epm_app;
