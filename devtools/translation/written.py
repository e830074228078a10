"""What is wrong with a catalogue as a text, which Babel would mend in silence or trip over.

It drops the last letter of a text that isn't closed, takes the last of two translations, and does
without a heading; gettext never finds what has a context.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_LINE = re.compile(r'(?:msg(?:id|id_plural|str|ctxt)(?:\[\d+\])? )?"(?:[^"\\]|\\.)*"')
_ID = re.compile(r'^msgid ((?:".*"\n)+)', re.MULTILINE)


def faults(path: Path) -> Iterator[str]:
    """What is wrong with the file itself; each with its line where it has one."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield f"it isn’t UTF-8: byte {error.start}"
        return
    heading = text.partition("\n\n")[0].lower()
    for field in (f"Language: {path.stem}", "Plural-Forms:", "charset=utf-8"):
        ended = field if field.endswith(":") else f"{field}\\n"
        if ended.lower() not in heading:
            yield f"its heading lacks “{field}”"
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("msgctxt"):
            yield f"line {number}: a context, by which nothing is looked up"
        elif line and not line.startswith("#") and not _LINE.fullmatch(line.strip()):
            yield f"line {number} isn’t closed, or is none of a catalogue: {line[:60]}"
    ids = Counter("".join(re.findall('"(.*)"', found[1])) for found in _ID.finditer(text))
    for id_, count in ids.items():
        if count > 1:
            yield f"translated {count} times: “{id_}”"
