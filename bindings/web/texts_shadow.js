// SPDX-License-Identifier: Apache-2.0
// Words of the shadow round's page: [Korean, English].
import {addTexts} from './texts.js';
import './texts_import.js';

addTexts({
    'sha.title': ['그림자 회차', 'Shadow round'],
    'sha.lead': ['지난해의 공급기업·수요과제·결정 파일을 올리면, 그때의 결정을 지금의 규칙·점수와 견줍니다. 아무것도 저장되지 않습니다.',
        "Bring a past year's suppliers, demands and decisions: the decisions of then are set beside the rules and points of now. Nothing is stored."],
    'sha.open': ['지난 결정과 견주기(그림자 회차)', 'Compare with past decisions (shadow round)'],
    'sha.rows': ['{n}행', '{n} rows'],
    'sha.good': ['읽을 수 있음', 'can be read'],
    'sha.wrong': ['고칠 곳 {n}', '{n} to correct'],
    'sha.run': ['견주기', 'Compare'],
    'sha.result': ['견준 결과', 'Result'],
    'sha.counts': ['지난 결정 {decisions}건 가운데 {judged}건을 견주었습니다(수요과제 {demands}건, 공급기업 {suppliers}곳).',
        '{judged} of {decisions} past decisions compared ({demands} demands, {suppliers} suppliers).'],
    'sha.agreement': ['결정과 순위', 'Decisions and ranks'],
    'sha.past': ['지난 결정', 'Past decisions'],
    'sha.number': ['건수', 'Number'],
    'sha.share': ['비율', 'Share'],
    'sha.first': ['정해진 기업이 1위', 'the supplier is at rank 1'],
    'sha.top_3': ['3위 안', 'within rank 3'],
    'sha.top_10': ['10위 안', 'within rank 10'],
    'sha.barred': ['결합 제한에 걸림', 'barred by a pair rule'],
    'sha.ineligible': ['자격 요건에 맞지 않는 과제', 'the demand is not eligible'],
    'sha.each': ['결정마다', 'Decision by decision'],
    'sha.decided': ['지난 결정', 'Decided'],
    'sha.against': ['어긋나는 점', 'What speaks against'],
    'sha.rule': ['자격 요건', 'eligibility'],
    'sha.pair_rule': ['결합 제한', 'pair rule'],
    'sha.behind': ['1위는 {supplier} {points}점입니다. 차이는 {title}에서 가장 큽니다({by}점).',
        'Rank 1 is {supplier} with {points} points. The difference is greatest in {title} ({by} points).'],
    'sha.not_seen': ['견주지 못한 결정', 'Decisions not compared'],
    'sha.same': ['지난 결정과 같은 짝', 'same pairs as decided'],
});
