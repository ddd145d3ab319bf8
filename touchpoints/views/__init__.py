"""Pages of touchpoints: one module a resource."""
