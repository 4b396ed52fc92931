"""
Finds faults in workbooks, whose paths a file lists: parts that are no XML, names and formulas that do not tokenize or
refer to no sheet, and what Microsoft's schemas forbid. Prints a JSON object of faults by path; sound ones are left out.
"""

import json
import sys
import warnings
import zipfile

import lxml.etree
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openxml_audit import OpenXmlValidator

warnings.simplefilter("ignore")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = (f"{MAIN}f", f"{MAIN}formula", f"{MAIN}formula1", f"{MAIN}calculatedColumnFormula", f"{MAIN}definedName")
PARSER = lxml.etree.XMLParser(huge_tree=True, resolve_entities=False)
# Microsoft's schemas are checked element by element in Python: a sheet of some megabytes takes a minute.
LARGEST = 300_000
NOT_FINITE = ("NaN", "Infinity", "-Infinity")


def sheet_of(operand):
    """The sheet that a reference names, unquoted; None for one of the same sheet."""
    if operand.startswith("'"):
        end = operand.replace("''", "\0\0").index("'", 1)
        assert operand[end + 1] == "!", f"text behind the sheet name of {operand!r}"
        return operand[1:end].replace("''", "'")
    return operand.rpartition("!")[0] or None


def formula_faults(text, sheets):
    try:
        tokens = Tokenizer("=" + text).items
    except TokenizerError as error:
        yield f"{text!r} is no formula: {error}"
        return
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            sheet = sheet_of(token.value)
            if sheet is not None and sheet not in sheets:
                yield f"{text!r} refers to {sheet!r}, which is no sheet"
    if "".join(token.value for token in tokens) != text:
        yield f"{text!r} does not come back from its tokens"


def name_faults(sheets):
    folded = [sheet.lower() for sheet in sheets]
    if len(set(folded)) < len(folded):
        yield f"two sheets have the same name: {sheets}"
    for sheet in sheets:
        if not 1 <= len(sheet.encode("utf-16-le")) // 2 <= 31:
            yield f"a sheet is called {sheet!r}"


def part_faults(archive):
    trees = {}
    for name in archive.namelist():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                trees[name] = lxml.etree.fromstring(archive.read(name), PARSER)
            except lxml.etree.XMLSyntaxError as error:
                yield f"{name} is not well-formed: {error}"
    if "xl/workbook.xml" not in trees:
        return
    sheets = [sheet.get("name") for sheet in trees["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    yield from name_faults(sheets)
    for name, tree in trees.items():
        for element in tree.iter(*FORMULAS):
            yield from (f"{name}: {fault}" for fault in formula_faults(element.text or "", sheets))
        for value in tree.iter(f"{MAIN}v"):
            if value.getparent().get("t") is None and value.text in NOT_FINITE:
                yield f"{name}: {value.getparent().get('r')} holds {value.text}"


def faults(path, validator):
    archive = zipfile.ZipFile(path)
    broken = archive.testzip()
    if broken is not None:
        yield f"{broken} is damaged"
        return
    found = list(part_faults(archive))
    yield from found
    size = sum(entry.file_size for entry in archive.infolist())
    if validator is not None and not found and size <= LARGEST:
        yield from (str(error) for error in validator.validate(path).errors)


def main(list_path, audited):
    validator = OpenXmlValidator(max_errors=20)
    paths = [line.strip() for line in open(list_path)]
    step = max(1, len(paths) // audited)
    found = {path: list(faults(path, validator if i % step == 0 else None)) for i, path in enumerate(paths)}
    print(json.dumps({path: list_of_faults for path, list_of_faults in found.items() if list_of_faults}))


main(sys.argv[1], int(sys.argv[2]))
