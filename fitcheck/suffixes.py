"""How the names of the files end that FitCheck takes and gives, without all that reads them."""

from __future__ import annotations

BOOK = ".fitcheck"
PLAIN_BOOK = ".jsonl"
VCARDS = (".vcf", ".vcard")
TABLES = (".csv", ".tsv")
CONTACTS = (*VCARDS, *TABLES)
