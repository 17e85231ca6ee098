-- Dispatchers go round the tenants, and take what is first in line from each.
CREATE INDEX delivery_waiting ON platform.delivery (tenant, delivery_no) WHERE NOT dead;
