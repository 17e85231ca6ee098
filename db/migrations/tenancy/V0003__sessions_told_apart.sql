-- What a person recognises their sessions by. The time is as fine as refreshes are: about ten minutes.
ALTER TABLE tenancy.session
  ADD COLUMN address      text,
  ADD COLUMN agent        text,
  ADD COLUMN last_seen_at timestamptz,
  -- A preview: an administrator sees what this person sees, for as long as the session it was opened from lives.
  ADD COLUMN seen_by      uuid,
  ADD COLUMN seen_from    uuid,
  ADD CONSTRAINT session_seen_by FOREIGN KEY (tenant_id, seen_by) REFERENCES tenancy.app_user (tenant_id, user_id),
  ADD CONSTRAINT session_seen_from FOREIGN KEY (tenant_id, seen_from) REFERENCES tenancy.session (tenant_id, session_id) ON DELETE CASCADE,
  DROP CONSTRAINT session_ended_for_check,
  ADD CONSTRAINT session_ended_for_check CHECK (ended_for IN ('signed-out', 'token-reused', 'deactivated', 'revoked', 'password-changed'));
CREATE INDEX session_seen ON tenancy.session (tenant_id, user_id, last_seen_at) WHERE seen_by IS NULL;
CREATE INDEX session_previews ON tenancy.session (tenant_id, seen_from) WHERE seen_from IS NOT NULL;
