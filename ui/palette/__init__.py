"""Every action and every prospect, found by typing (Ctrl+K)."""
