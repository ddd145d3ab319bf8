"""Pages of journeys: one module a resource."""
