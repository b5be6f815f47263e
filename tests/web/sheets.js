// SPDX-License-Identifier: Apache-2.0
// The files that offices send, made for a test: CSV in CP949 and XLSX, and the demo data as such tables.
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');

const list = (values) => [values ?? []].flat().join('; ');
const references = (values) => list((values ?? []).map((one) => [one.title, one.industry_ksic, one.year].filter((part) => part !== undefined).join(' / ')));
const records = (path) => fs.readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

const SUPPLIER = {'공급기업 번호': (one) => one.id, '기업명': (one) => one.name, '사업자등록번호': (one) => one.registration_no, '소재지': (one) => one.region,
    '설립일': (one) => one.founded, '기업규모': (one) => one.size, '업종코드': (one) => list(one.ksic), '종업원수': (one) => one.employees,
    '사업자구분': (one) => one.business_kind, '기업소개': (one) => one.summary, '솔루션명': (one) => list(one.products),
    '보유기술': (one) => list(one.capabilities), '전문분야': (one) => list(one.domains), '데이터유형': (one) => list(one.data_types),
    '수행실적': (one) => references(one.references), '인증': (one) => list(one.certifications), '공급방식': (one) => list(one.deployment),
    '최소가격': (one) => one.price_krw?.[0], '최대가격': (one) => one.price_krw?.[1], '수용가능건수': (one) => one.capacity};
const DEMAND = {'과제번호': (one) => one.id, '사업': (one) => one.program, '신청일': (one) => one.applied, '기업명': (one) => one.firm.name,
    '소재지': (one) => one.firm.region, '설립일': (one) => one.firm.founded, '기업규모': (one) => one.firm.size, '업종코드': (one) => list(one.firm.ksic),
    '종업원수': (one) => one.firm.employees, '주요사업': (one) => one.firm.business, '과제명': (one) => one.title, '수요내용': (one) => one.need,
    '보유데이터': (one) => list(one.data_held), '예산': (one) => one.budget_krw, '준비도': (one) => one.readiness_score,
    '필수 공급방식': (one) => list(one.must.deployment), '필수 인증': (one) => list(one.must.certifications), '필수 지역': (one) => list(one.must.region),
    '제외 공급기업': (one) => list(one.exclude_suppliers)};

/** Records as rows of texts, the headers first. */
function rows(columns, all) {
    return [Object.keys(columns), ...all.map((one) => Object.values(columns).map((value) => String(value(one) ?? '')))];
}

function csv(table, encoding = 'CP949') {
    const text = table.map((row) => row.map((cell) => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
    return execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], {input: `${text}\r\n`, maxBuffer: 1 << 26});
}

// ---- XLSX: a zip whose parts are stored as they are ----

const crcTable = Int32Array.from({length: 256}, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n; });
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), -1) >>> 0;

function zip(parts) {
    const heads = [], bodies = [];
    let offset = 0;
    for (const [name, text] of Object.entries(parts)) {
        const body = Buffer.from(text), file = Buffer.from(name), head = Buffer.alloc(42);
        head.writeUInt32LE(crc32(body), 12);
        head.writeUInt32LE(body.length, 16);
        head.writeUInt32LE(body.length, 20);
        head.writeUInt16LE(file.length, 24);
        head.writeUInt16LE(20, 2);
        head.writeUInt16LE(0x21, 10); // 1980-01-01
        head.writeUInt32LE(offset, 38);
        const local = head.subarray(2, 28);
        bodies.push(Buffer.from('PK\x03\x04'), local, file, body);
        heads.push(Buffer.from('PK\x01\x02'), head, file);
        offset += 4 + local.length + file.length + body.length;
    }
    const directory = Buffer.concat(heads), end = Buffer.alloc(22), count = Object.keys(parts).length;
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...bodies, directory, end]);
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const column = (i) => (i >= 26 ? String.fromCharCode(64 + Math.floor(i / 26)) : '') + String.fromCharCode(65 + i % 26);

function xlsx(table) {
    const at = 'http://schemas.openxmlformats.org', type = 'application/vnd.openxmlformats', part = (body) =>
        `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`;
    const cell = (text, i, r) => `<c r="${column(i)}${r + 1}" t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
    const lines = table.map((row, r) => `<row r="${r + 1}">${row.map((text, i) => cell(text, i, r)).join('')}</row>`).join('');
    const override = (name, kind) => `<Override PartName="${name}" ContentType="${type}-officedocument.spreadsheetml.${kind}+xml"/>`;
    const links = (kind, target) => part(`<Relationships xmlns="${at}/package/2006/relationships">`
        + `<Relationship Id="r1" Type="${at}/officeDocument/2006/relationships/${kind}" Target="${target}"/></Relationships>`);
    return zip({
        '[Content_Types].xml': part(`<Types xmlns="${at}/package/2006/content-types">`
            + `<Default Extension="rels" ContentType="${type}-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
            + `${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/worksheets/sheet1.xml', 'worksheet')}</Types>`),
        '_rels/.rels': links('officeDocument', 'xl/workbook.xml'),
        'xl/workbook.xml': part(`<workbook xmlns="${at}/spreadsheetml/2006/main" xmlns:r="${at}/officeDocument/2006/relationships">`
            + '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'),
        'xl/_rels/workbook.xml.rels': links('worksheet', 'worksheets/sheet1.xml'),
        'xl/worksheets/sheet1.xml': part(`<worksheet xmlns="${at}/spreadsheetml/2006/main"><sheetData>${lines}</sheetData></worksheet>`),
    });
}

const CSV = 'text/csv', XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** A file to set into an <input type=file>. */
const asCsv = (name, table, encoding) => ({name, mimeType: CSV, buffer: csv(table, encoding)});
const asXlsx = (name, table) => ({name, mimeType: XLSX, buffer: xlsx(table)});

module.exports = {records, rows, asCsv, asXlsx, SUPPLIER, DEMAND};
