"""The figures of the benches: gathered in one file, those of a run beside what was found before."""

import json
from pathlib import Path

import pytest

from tests.bench import _figures
from tests.bench._figures import GOALS, NAMES, hand, merge, ratios, read, table


def test_a_figure_is_a_plain_number_with_its_runs_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, latest = tmp_path / "one.json", tmp_path / "bench" / "latest.json"
    merge(latest, {"figures": {"paper.warm_over_untuned": 0.4}, "detail": {"of": {}}})
    assert hand("conversation.agreement", [1.0, 0.0, 1.0], 2 / 3) == 2 / 3  # nobody asks
    monkeypatch.setenv(_figures.WANTED, str(file))
    assert hand("answer.firmness_ms_median", [3.0, 1.0, 8.0]) == 3.0
    assert hand("answer.key_to_paint_ms_worst", [3.0, 1.0, 8.0], 8.0) == 8.0
    merge(latest, read(file))
    found = json.loads(latest.read_text("utf-8"))
    assert found["figures"] == {
        "paper.warm_over_untuned": 0.4,
        "answer.firmness_ms_median": 3.0,
        "answer.key_to_paint_ms_worst": 8.0,
    }
    row = found["detail"]["answer.key_to_paint_ms_worst"]
    assert row.pop("measured").endswith("Z")
    assert row == {"runs": 3, "median": 3.0, "minimum": 1.0, "maximum": 8.0}


def test_what_is_no_such_file_counts_for_nothing(tmp_path: Path) -> None:
    empty: _figures.Found = {"figures": {}, "detail": {}}
    assert read(tmp_path / "none.json") == empty
    for text in ("", "[]", '{"figures": 3}', '{"figures": {}}'):
        (tmp_path / "other.json").write_text(text)
        assert read(tmp_path / "other.json") == empty


def test_the_table_names_what_is_missing_and_every_figure_has_a_goal(tmp_path: Path) -> None:
    assert set(NAMES) == set(GOALS)
    said = table(read(tmp_path / "none.json"))
    assert said.count("not measured") == len(NAMES)
    assert ratios([2.0, 9.0], [1.0, 3.0]) == [2.0, 3.0]
