-- Hosts ask whether a chain was deleted, and nothing else of it.
REVOKE SELECT ON platform.deleted_tenant FROM epm_app;
GRANT SELECT (tenant, restored_at) ON platform.deleted_tenant TO epm_app;
