"""The Qt window. Widgets show and ask; they compute nothing that a test would check alone."""
