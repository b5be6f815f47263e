# SPDX-License-Identifier: Apache-2.0
"""XLSX files made by hand, so that what reads them is not what wrote them.

workbook(path, {"sheet": [[cell, …], …]}, hidden=(names), parts={name: text}, more=[(name, bytes)]): a cell is a text, a number, None, or a tuple
(number, style) with a style of STYLES, or ("=formula", value). `parts` replaces parts of the package; `more` is added to it.
"""
import zipfile
from xml.sax.saxutils import escape

STYLES = {"date": 14, "thousands": 3, "percent": 9, "text": 49}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def letters(column):
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name, column = chr(65 + rest) + name, column - 1
    return name


def cell_xml(place, cell):
    style, formula = 0, ""
    if isinstance(cell, tuple):
        first, second = cell
        if isinstance(first, str):
            formula, cell = f"<f>{escape(first[1:])}</f>", second
        else:
            cell, style = first, 1 + list(STYLES).index(second)
    if cell is None:
        return f'<c r="{place}">{formula}</c>' if formula else ""
    if isinstance(cell, str):
        kind = "str" if formula else "inlineStr"
        value = f"<v>{escape(cell)}</v>" if formula else f'<is><t xml:space="preserve">{escape(cell)}</t></is>'
        return f'<c r="{place}" t="{kind}">{formula}{value}</c>'
    return f'<c r="{place}" s="{style}">{formula}<v>{cell}</v></c>'


def sheet_xml(rows):
    body = "".join(f'<row r="{r}">' + "".join(cell_xml(f"{letters(c)}{r}", cell) for c, cell in enumerate(row)) + "</row>" for r, row in enumerate(rows, 1) if row)
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def package(sheets, hidden=()):
    numbers = range(1, len(sheets) + 1)
    formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in STYLES.values())
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>' for n in numbers)
    parts = {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers) +
            f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
                         f'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(STYLES) + 1}"><xf numFmtId="0"/>{formats}</cellXfs></styleSheet>'}
    for n, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet_xml(rows)
    return parts


def workbook(path, sheets, hidden=(), parts=None, more=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in dict(package(sheets, hidden), **(parts or {})).items():
            if text is not None:
                file.writestr(name, text)
        for name, content in more:
            file.writestr(name, content)
