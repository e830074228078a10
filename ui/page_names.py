"""The pages by name, by themselves: the first paint names them, too."""

from __future__ import annotations

from fitcheck.i18n import N_

PAGES = {
    "prospects": N_("Prospects"),
    "interview": N_("Interview"),
    "verdict": N_("Verdict"),
    "plan": N_("Plan"),
    "report": N_("Report"),
    "agenda": N_("Follow-ups"),
    "colleagues": N_("Colleagues"),
    "record": N_("Track record"),
    "settings": N_("Settings"),
}
"""Those of the sidebar, in the order of their keys Ctrl+1 to Ctrl+9."""

NEED_ASSESSMENT = ("interview", "verdict", "plan", "report")

AFTER_THE_PERSON = "agenda"
"""The first page that is about all of them again."""
