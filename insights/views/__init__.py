"""Pages of insights: one module a resource."""
