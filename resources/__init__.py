"""Data only: banks, policies, schemas, fonts, icons, translations. ``fitcheck.packaged`` reads it."""
