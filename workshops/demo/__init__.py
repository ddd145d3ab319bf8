"""The demo workspaces: what stands in them (words), and how it gets there (services only)."""
