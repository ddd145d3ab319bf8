"""Pages of workshops: one module a resource."""
