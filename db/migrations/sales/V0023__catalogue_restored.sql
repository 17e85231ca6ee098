-- An import under way files lines by the catalogue of a version: the restored catalogue is another one.
COMMENT ON TABLE sales.catalogue_version IS 'restore: raised, since imports remember the catalogue by it';
