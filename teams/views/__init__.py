"""Pages of people, workspaces, invitations and tokens."""
