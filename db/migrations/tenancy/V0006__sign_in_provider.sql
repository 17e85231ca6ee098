-- A chain's own identity provider (OpenID Connect), and what it asks of those who sign in. The client secret is sealed.
CREATE TABLE tenancy.sign_in_provider (
  tenant_id           uuid        NOT NULL PRIMARY KEY REFERENCES tenancy.tenant (tenant_id),
  issuer              text        NOT NULL,
  client_id           text        NOT NULL,
  client_secret       bytea       NOT NULL,
  label               text        NOT NULL,
  passwords_allowed   boolean     NOT NULL,
  two_factor_required boolean     NOT NULL,
  changed_at          timestamptz NOT NULL
);
ALTER TABLE tenancy.sign_in_provider ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.sign_in_provider FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.sign_in_provider
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.sign_in_provider TO epm_app;

-- Who is who: the provider's own immutable name of a person. An e-mail address finds a person once, before this row is there.
CREATE TABLE tenancy.external_identity (
  tenant_id uuid        NOT NULL,
  issuer    text        NOT NULL,
  subject   text        NOT NULL,
  user_id   uuid        NOT NULL,
  bound_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, issuer, subject),
  UNIQUE (tenant_id, issuer, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.app_user (tenant_id, user_id) ON DELETE CASCADE
);
CREATE INDEX external_identity_of_user ON tenancy.external_identity (tenant_id, user_id);
ALTER TABLE tenancy.external_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.external_identity FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.external_identity
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.external_identity TO epm_app;

-- States of sign-ins that came back from a provider: each is taken once, for as long as it would be valid.
CREATE TABLE tenancy.spent_state (
  tenant_id  uuid        NOT NULL,
  state_hash bytea       NOT NULL,
  spent_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, state_hash)
);
ALTER TABLE tenancy.spent_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.spent_state FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.spent_state
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.spent_state TO epm_app;

-- How a session was opened: whoever came by the provider has shown there what the chain asks for.
ALTER TABLE tenancy.session ADD COLUMN opened_by text NOT NULL DEFAULT 'password' CHECK (opened_by IN ('password', 'provider'));
