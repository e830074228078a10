"""The bill of materials: CycloneDX 1.6, as JSON.

Written here and not by a tool, because the tools describe an environment: what is installed, not
what came into the program, and nothing of what came from the system.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from devtools.build.origins import Component

_EXPRESSION = re.compile(r"[A-Za-z0-9.-]+\+?( (AND|OR|WITH) [A-Za-z0-9.-]+\+?)*")


def bill(program: Component, parts: Iterable[Component], inside: Path, when: str) -> str:
    """The bill of ``program``, which consists of ``parts``; ``inside`` is where their files lie.

    ``when`` is the time of the build, in UTC. The serial number follows from what is named, so that
    the same build has the same bill.
    """
    listed = [_component(each, inside) for each in parts]
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": when,
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": "fitcheck",
                "name": program.name,
                "version": program.version,
                "purl": program.purl,
            },
        },
        "components": listed,
        "dependencies": [
            {"ref": "fitcheck", "dependsOn": [each["bom-ref"] for each in listed]},
            *({"ref": each["bom-ref"]} for each in listed),
        ],
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).digest()
    document["serialNumber"] = uuid.UUID(bytes=digest[:16], version=4).urn
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _component(part: Component, inside: Path) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "data" if part.group == "fonts" else "library",
        "bom-ref": part.purl or f"{part.group}/{part.name}",
        "name": part.name,
        "licenses": [_licence(part.licence)],
    }
    if part.version:
        said["version"] = part.version
    if part.purl:
        said["purl"] = part.purl
    files = [_file(to, inside, said["bom-ref"]) for to in part.files if (inside / to).is_file()]
    if files:
        said["components"] = files
    return said


def _licence(words: str) -> dict[str, Any]:
    # An expression has to be one: Debian's names of licences are its own.
    if _EXPRESSION.fullmatch(words):
        return {"expression": words}
    return {"license": {"name": words}}


def _file(to: str, inside: Path, owner: str) -> dict[str, Any]:
    digest = hashlib.sha256((inside / to).read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"{owner}#{to}",
        "name": to,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
