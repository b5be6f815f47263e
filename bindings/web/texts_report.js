// SPDX-License-Identifier: Apache-2.0
// Words of the report page: [Korean, English].
import {addTexts} from './texts.js';

addTexts({
    'rep.title': ['보고서', 'Report'],
    'rep.kind': ['종류', 'Kind'],
    'rep.council': ['의회 보고', 'for the council'],
    'rep.yearly': ['연간 평가', 'yearly evaluation'],
    'rep.statistics': ['실태조사 통계', 'survey statistics'],
    'rep.day': ['{day} 기준', 'As of {day}'],
    'rep.program': ['사업', 'Program'],
    'rep.all': ['모든 사업', 'all programs'],
    'rep.year': ['연도', 'Year'],
    'rep.latest': ['가장 최근', 'the latest'],
    'rep.show': ['보고서 만들기', 'Make the report'],
    'rep.head': ['{year}년 · {day} 기준', '{year} · as of {day}'],
    'rep.undated': ['신청일이 없어 어느 해에도 셀 수 없는 신청 {n}건: {title}', '{n} applications without a date, counted in no year: {title}'],
    'rep.annex': ['붙임', 'Annex'],
    'rep.none': ['이 조건에 맞는 자료가 없습니다.', 'There is nothing to report for this.'],
    'rep.html': ['인쇄용 화면(HTML, 새 창)', 'Page to print (HTML, new window)'],
});
