-- The categories a person sees, with all below them; none stands for the whole assortment.
ALTER TABLE tenancy.app_user ADD COLUMN scope_categories text[] NOT NULL DEFAULT '{}';
