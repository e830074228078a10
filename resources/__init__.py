"""Data only: banks, policies, schemas, fonts, icons, translations; see ``fitcheck.packaged``."""
