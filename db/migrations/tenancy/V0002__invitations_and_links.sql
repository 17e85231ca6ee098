-- Somebody is asked to join, with role and scope as they will be. Of the link only the SHA-256 of its token is kept.
CREATE TABLE tenancy.invitation (
  tenant_id     uuid        NOT NULL,
  invitation_id uuid        NOT NULL,
  email         text        NOT NULL CHECK (email = lower(email)),
  name          text        NOT NULL,
  role          text        NOT NULL CHECK (role IN ('director', 'regional-manager', 'store-manager', 'analyst', 'admin', 'integrator')),
  language      text        NOT NULL CHECK (language IN ('fr', 'en')),
  -- As the API writes a scope: it is read once, when the invitation is accepted.
  scope         jsonb       NOT NULL,
  token_hash    bytea       NOT NULL,
  invited_by    uuid        NOT NULL,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  accepted_at   timestamptz,
  withdrawn_at  timestamptz,
  PRIMARY KEY (tenant_id, invitation_id),
  UNIQUE (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, invited_by) REFERENCES tenancy.app_user (tenant_id, user_id)
);
CREATE UNIQUE INDEX invitation_pending ON tenancy.invitation (tenant_id, email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
ALTER TABLE tenancy.invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.invitation
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.invitation TO epm_app;

-- A way to a new password for one person, once. A person has one at most: the next one replaces it.
CREATE TABLE tenancy.password_link (
  tenant_id  uuid        NOT NULL,
  user_id    uuid        NOT NULL,
  token_hash bytea       NOT NULL,
  made_by    uuid        NOT NULL,
  made_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id),
  UNIQUE (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES tenancy.app_user (tenant_id, user_id),
  FOREIGN KEY (tenant_id, made_by) REFERENCES tenancy.app_user (tenant_id, user_id)
);
ALTER TABLE tenancy.password_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.password_link FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.password_link
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.password_link TO epm_app;

-- Mail on its way. Its text holds a link that opens something, so it is sealed under the deployment's secret, and gone once sent.
CREATE TABLE tenancy.mail (
  tenant_id  uuid        NOT NULL,
  mail_id    uuid        NOT NULL,
  kind       text        NOT NULL,
  recipient  text        NOT NULL,
  sealed     bytea,
  queued_at  timestamptz NOT NULL,
  -- Past this the link in it opens nothing, and the mail is not worth sending.
  expires_at timestamptz NOT NULL,
  sent_at    timestamptz,
  PRIMARY KEY (tenant_id, mail_id)
);
ALTER TABLE tenancy.mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.mail FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenancy.mail
  USING      (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.mail TO epm_app;
