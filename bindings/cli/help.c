/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include <stddef.h>
#include <string.h>

struct help {
    const char *command;
    const char *ko, *en;
};

static const struct help texts[] = {
    {NULL,
     "ieum — 수요기업과 AI 공급기업을 잇는 매칭 엔진\n\n"
     "사용법: ieum [--store 파일] [--lang ko|en] [--threads N] [--now 날짜] [--data 폴더] 명령 …\n\n"
     "  check          신청기업의 자격을 확인합니다\n"
     "  suggest        수요과제에 맞는 공급기업을 추천합니다 (거꾸로도 됩니다)\n"
     "  select         신청한 수요과제 가운데 선발할 과제를 정원·예산 안에서 고릅니다\n"
     "  cases          비슷한 지난 수요과제와 그 결과를 찾습니다\n"
     "  find           낱말이 들어 있는 공급기업을 찾습니다\n"
     "  diagnose       기업의 준비도를 진단하고 맞는 사업을 알려 줍니다\n"
     "  round          매칭 회차: 선발, 배정안, 동의, 확정, 공고, 협약, 정산\n"
     "  shadow         그림자 회차: 지난 결정을 엔진의 규칙·점수와 견줍니다 (저장하지 않습니다)\n"
     "  report         보고서: 의회 보고, 공급기업별 실적, 기업별 결과지\n"
     "  audit          감사 기록: list, head, verify, erase\n"
     "  account        접속 계정과 토큰: list, create, token, role, revoke\n"
     "  access         접속기록: review(월 점검), prune, operations\n"
     "  import         기업·과제·성과 자료를 미리 보고 가져옵니다 (XLSX, CSV, JSON, JSON Lines)\n"
     "  template       채워서 가져올 양식을 만듭니다 (XLSX, CSV)\n"
     "  program        사업 파일: list, show, check\n"
     "  score          행 파일에 모델의 점수를 매깁니다 (svm-predict와 같은 파일)\n"
     "  explain-text   글을 어떻게 이해하는지 보여 줍니다\n"
     "  evaluate       추천 순위를 판정(qrels)과 견주어 평가합니다\n"
     "  train          판정이나 성과로 모형을 학습합니다\n"
     "  model          모형 파일: list, show, import, export, rows\n"
     "  call           요청을 표준 입력으로 받아 답합니다 (JSON Lines)\n"
     "  serve          HTTP 서버와 화면을 엽니다 (이 기계에서만)\n"
     "  backup, restore, doctor\n"
     "  help [명령]    명령의 도움말\n\n"
     "표가 나오는 명령은 --format csv|xlsx|html과 --out 파일로 파일을 만듭니다. 표가 여럿이면\n"
     "--table에 제목이나 번호를 적어 하나만 고릅니다 (xlsx는 표마다 시트 하나).\n\n"
     "저장소는 --store, 없으면 $IEUM_STORE, 없으면 ./ieum.db입니다.\n"
     "자료 폴더는 --data, 없으면 $IEUM_DATA입니다.\n"
     "종료 값: 0 정상, 2 사용법, 3 잘못된 입력, 4 없음, 5 충돌, 6 저장소, 7 한도, 8 권한\n",
     "ieum — matches demand firms with AI suppliers\n\n"
     "usage: ieum [--store FILE] [--lang ko|en] [--threads N] [--now DATE] [--data DIR] COMMAND …\n\n"
     "  check          which applicants a program may take\n"
     "  suggest        the best suppliers for a demand, and why (or the other way round)\n"
     "  select         which applicants a round takes, within quota and budget\n"
     "  cases          past demands like one, and what became of them\n"
     "  find           suppliers whose texts hold a word\n"
     "  diagnose       a firm's readiness, and the programs that fit it\n"
     "  round          a match round: selection, proposal, consent, confirmation, agreement, settlement\n"
     "  shadow         past decisions beside the engine's rules and points (stores nothing)\n"
     "  report         reports: for the council, by supplier, a result sheet a firm\n"
     "  audit          the audit log: list, head, verify, erase\n"
     "  account        accounts and tokens for the server: list, create, token, role, revoke\n"
     "  access         the access log: review (monthly), prune, operations\n"
     "  import         firms, demands, outcomes, looked at before (XLSX, CSV, JSON, JSON Lines)\n"
     "  template       files to fill in and import (XLSX, CSV)\n"
     "  program        program files: list, show, check\n"
     "  score          rows of numbers scored by a model (the files of svm-predict)\n"
     "  explain-text   what a text is understood as\n"
     "  evaluate       measures rankings (TREC runs) against judgements (qrels)\n"
     "  train          learns a model from judgements or outcomes\n"
     "  model          model files: list, show, import, export, rows\n"
     "  call           requests on standard input, replies on standard output (JSON Lines)\n"
     "  serve          the HTTP server and the page (for this machine)\n"
     "  backup, restore, doctor\n"
     "  help [COMMAND] help of a command\n\n"
     "Commands with tables write files with --format csv|xlsx|html and --out FILE; --table chooses one\n"
     "of them by title or number (xlsx: a sheet a table).\n\n"
     "The store is --store, else $IEUM_STORE, else ./ieum.db; the data folder is --data, else $IEUM_DATA.\n"
     "Exit status: 0 ok, 2 usage, 3 invalid input, 4 not found, 5 conflict, 6 store, 7 limit, 8 refused\n"},
    {"check",
     "ieum check --program 사업 [--demand 번호] [--format json|table|ids]\n\n"
     "신청한 수요과제가 사업의 자격 요건에 맞는지 확인합니다. json은 과제마다 한 줄입니다.\n",
     "ieum check --program P [--demand ID] [--format json|table|ids]\n\n"
     "Checks demands against a program's eligibility rules. json writes a line per demand.\n"},
    {"suggest",
     "ieum suggest --program 사업 (--demand 번호 | --need 글 | --all | --supplier 번호) [-k 10]\n"
     "             [--criteria all|fit] [--answers 개념,…] [--questions] [--model 모형] [--no-rules]\n"
     "             [--log] [--format json|trec|table]\n\n"
     "  --all        사업의 모든 과제 (자격이 있는 과제만; --no-rules이면 모두)\n"
     "  --supplier   거꾸로: 이 공급기업이 도울 수 있는 수요과제와 잠재수요 기업\n"
     "  --questions  무엇을 더 여쭤 보면 좋은지, 답마다 추천이 어떻게 바뀌는지 (--need이면 늘 나옵니다)\n"
     "  --answers    되물음에 고른 답(개념 id, 쉼표로 구분)을 넣어 다시 추천합니다\n"
     "  --criteria   fit: 적합도 항목만으로 순위를 매깁니다\n"
     "  --no-rules   자격 요건과 결합 제한을 적용하지 않습니다\n"
     "  --log        보여 준 추천을 제시 기록에 남깁니다 (성과로 학습할 때 쓰입니다)\n",
     "ieum suggest --program P (--demand ID | --need TEXT | --all | --supplier ID) [-k 10]\n"
     "             [--criteria all|fit] [--answers CONCEPT,…] [--questions] [--model M] [--no-rules]\n"
     "             [--log] [--format json|trec|table]\n\n"
     "  --all        every demand of the program (eligible ones; with --no-rules all)\n"
     "  --supplier   turned round: the demands and latent firms that this supplier could serve\n"
     "  --questions  what to ask next, and what the ranking becomes for each answer (always with --need)\n"
     "  --answers    ranks again with the answers chosen (ids of concepts, separated by commas)\n"
     "  --criteria   fit: rank by the fit criteria only\n"
     "  --no-rules   apply neither eligibility nor pair rules\n"
     "  --log        notes in the serving log what was shown (learning from outcomes needs it)\n"},
    {"select",
     "ieum select --program 사업 [--marks 파일] [--awards 파일] [--stage 단계] [--among 번호,…]\n"
     "            [--format json|table]\n\n"
     "배점표와 위원회 점수, 가점으로 순위를 매기고 정원과 예산 안에서 선발할 과제와 예비순위를\n"
     "정합니다. 기준은 사업 파일의 selection에 있습니다. 저장소는 바뀌지 않습니다.\n\n"
     "  --marks   위원 점수(JSON): {\"D001\":[{\"member\":\"위원1\",\"mark\":82.5},\n"
     "            {\"member\":\"위원2\",\"recusal\":\"제척\",\"reason\":\"…\"}]}. 없으면 배점표만으로 매깁니다\n"
     "  --awards  다른 사업의 선정(JSON): [{\"firm\":\"등록번호나 기업명\",\"program\":\"사업\"}]\n"
     "  --stage   선발 단계(사업 파일의 stages). 없으면 첫 단계\n"
     "  --among   이 과제 가운데서만 고릅니다(앞 단계에서 선발한 과제)\n",
     "ieum select --program P [--marks FILE] [--awards FILE] [--stage STAGE] [--among ID,…]\n"
     "            [--format json|table]\n\n"
     "Ranks the applicants by rubric, committee and bonus and takes them until quota or budget is\n"
     "spent, with a reserve list. The terms stand in the program file (selection). Nothing is stored.\n\n"
     "  --marks   marks of the committee (JSON): {\"D001\":[{\"member\":\"m1\",\"mark\":82.5},\n"
     "            {\"member\":\"m2\",\"recusal\":\"exclusion\",\"reason\":\"…\"}]}; without it the rubric\n"
     "            counts alone (recusals: exclusion, challenge, abstention)\n"
     "  --awards  awards elsewhere (JSON): [{\"firm\":\"number or name\",\"program\":\"P\"}]\n"
     "  --stage   a stage of the program's selection, else its first\n"
     "  --among   only these demands (those that an earlier stage took)\n"},
    {"cases",
     "ieum cases (--demand 번호 | --need 글) [--program 사업] [-k 5] [--format json|table|ids]\n\n"
     "비슷한 지난 수요과제를 가까운 순서로, 그때의 공급기업과 결과와 함께 보여 줍니다.\n",
     "ieum cases (--demand ID | --need TEXT) [--program P] [-k 5] [--format json|table|ids]\n\n"
     "Past demands like this one, nearest first, with their suppliers and outcomes.\n"},
    {"find",
     "ieum find 낱말 [-k 50] [--format json|table|ids]\n\n"
     "글에 그 낱말이 들어 있는 공급기업을 모두 찾습니다. 띄어쓰기, 전각·반각, 대소문자는 가리지 않습니다.\n",
     "ieum find WORD [-k 50] [--format json|table|ids]\n\n"
     "All suppliers whose texts hold the word; spaces, width and letter case do not count.\n"},
    {"diagnose",
     "ieum diagnose [--questionnaire] [--answers 파일] [--ethics 파일] [--demand 번호 | --firm 파일]\n"
     "              [--need 유형,유형] [--program 사업] [--format json|table]\n\n"
     "준비도 점수와 단계, 영역별로 할 일, 수요와 준비도에 맞는 사업을 이유와 함께 알려 줍니다. 저장하지 않습니다.\n\n"
     "  --questionnaire  문항, 수요 유형, AI 윤리 점검표를 보여 줍니다\n"
     "  --answers        답(JSON): {\"process-written\":\"kept\",\"data-months\":12,\"data-rights\":true}\n"
     "                   답하지 않은 문항은 0점이 아니라 범위로 나타냅니다\n"
     "  --ethics         점검표의 답(JSON): {\"fairness\":\"not_yet\"}. 점수 없이 살펴볼 항목만 나옵니다\n"
     "  --demand         저장소의 수요과제: 업종, 업력, 규모, 수요를 거기서 읽습니다\n"
     "  --firm           기업(JSON): {\"region\":\"서울특별시\",\"ksic\":[\"C26\"],\"size\":\"소기업\"}\n",
     "ieum diagnose [--questionnaire] [--answers FILE] [--ethics FILE] [--demand ID | --firm FILE]\n"
     "              [--need TYPE,TYPE] [--program P] [--format json|table]\n\n"
     "Readiness score and stage, advice by area, and the programs that fit need and readiness, with reasons.\n"
     "Nothing is stored.\n\n"
     "  --questionnaire  the questions, the types of need, the AI-ethics checklist\n"
     "  --answers        answers (JSON): {\"process-written\":\"kept\",\"data-months\":12,\"data-rights\":true}\n"
     "                   a question without an answer shows as an interval, never as 0\n"
     "  --ethics         the checklist's answers (JSON): {\"fairness\":\"not_yet\"}; a list to look at, no score\n"
     "  --demand         a demand of the store: industry, age, size and need are read from it\n"
     "  --firm           the firm (JSON): {\"region\":\"서울특별시\",\"ksic\":[\"C26\"],\"size\":\"소기업\"}\n"},
    {"serve",
     "ieum serve [--listen 127.0.0.1:8750 | unix:경로] [--behind-tls] [--new-token 역할]\n"
     "           [--web 폴더] [--access 폴더]\n\n"
     "HTTP 서버와 화면을 엽니다. 준비되면 표준 출력에 한 줄을 적습니다: {\"url\":\"…\",\"token\":\"…\"}\n"
     "첫 시작이면 관리자 토큰을 만들어 한 번 보여 줍니다.\n"
     "SIGTERM이나 Ctrl+C를 받으면 처리 중인 요청을 마치고 멈춥니다.\n\n"
     "  --listen      주소와 포트(0이면 빈 포트) 또는 유닉스 소켓. 이 기계의 주소만 받습니다\n"
     "  --behind-tls  TLS를 끝내는 프록시 뒤에 섭니다: 다른 주소도 받고, 쿠키는 Secure입니다\n"
     "  --new-token   이 역할의 새 계정과 토큰을 만들어 보여 줍니다\n"
     "  --web         화면 파일 폴더\n"
     "  --access      접속기록 폴더, 없으면 $IEUM_ACCESS, 없으면 저장소 이름에 .access를 붙인 폴더\n",
     "ieum serve [--listen 127.0.0.1:8750 | unix:PATH] [--behind-tls] [--new-token ROLE]\n"
     "           [--web DIR] [--access DIR]\n\n"
     "The HTTP server and its page. When ready it writes one line: {\"url\":\"…\",\"token\":\"…\"}\n"
     "The first start makes an administrator's token and shows it once.\n"
     "On SIGTERM or Ctrl+C it finishes what it answers and stops.\n\n"
     "  --listen      address and port (0: a free one) or a unix socket; of this machine only\n"
     "  --behind-tls  a proxy that ends TLS stands in front: other addresses are fine, cookies are Secure\n"
     "  --new-token   makes a new account of this role and shows its token\n"
     "  --web         the folder of the page's files\n"
     "  --access      folder of the access log; else $IEUM_ACCESS, else the store's name with .access\n"},
    {"round",
     "ieum round 단계 --id 회차 [--by 계정] [--reason 이유] [--revision N] [--format json|table]\n\n"
     "  new --program 사업   회차를 만듭니다 [--method M] [--intake batch|rolling] [--seed N]\n"
     "                       [--applied-from 날짜] [--applied-to 날짜]\n"
     "  open                 접수를 시작합니다\n"
     "  select               선발합니다 [--marks 파일] [--awards 파일]\n"
     "  propose              배정안을 냅니다 [--method max_sum|leximin|stable|random] [--q Q]\n"
     "                       --id 없이 --program만 쓰면 남기지 않고 보여 줍니다\n"
     "  lock|veto|lift D S   반드시 짝지음, 짝짓지 않음, 거둠\n"
     "  recuse D S           --kind 제척|기피|회피\n"
     "  consent D S yes|no   --side demand|supplier|자리\n"
     "  extend D S           동의 기한 연장 --until 날짜\n"
     "  third D S            제3자(병원, 연구기관) 지정 --side 자리 --party 공급기업\n"
     "  confirm, publish     확정, 공고\n"
     "  agree|done|settle D S   협약, 완료(성과 등급 --grade 0..3), 정산\n"
     "  withdraw             철회 --demand D 또는 --supplier S\n"
     "  rematch              가장 적게 바꾸는 재매칭\n"
     "  admit D              예비순위의 다음 과제를 들임\n"
     "  object D, answer N   이의신청과 처리 --upheld | --rejected\n"
     "  attach 파일          심의 기록(JSON) 첨부\n"
     "  what-if [파일]       무엇을 바꾸면 어떻게 되는지\n"
     "  why D S              왜 짝지었는지, 왜 아닌지\n"
     "  compare              방법별 비교 [--format svg]\n"
     "  show, list, audit, replay, verify\n\n"
     "D는 수요과제, S는 공급기업의 번호입니다.\n"
     "결정하는 단계에는 --by가 있어야 합니다. --revision은 보고 있던 개정 번호입니다.\n"
     "그사이 다른 사람이 바꾸었으면 단계를 밟지 않습니다.\n",
     "ieum round STEP --id R [--by ACCOUNT] [--reason TEXT] [--revision N] [--format json|table]\n\n"
     "  new --program P      makes the round [--method M] [--intake batch|rolling] [--seed N]\n"
     "                       [--applied-from DAY] [--applied-to DAY]\n"
     "  open                 applications may come\n"
     "  select               selects demands [--marks FILE] [--awards FILE]\n"
     "  propose              proposes pairs [--method max_sum|leximin|stable|random] [--q Q]\n"
     "                       with --program and no --id it only shows\n"
     "  lock|veto|lift D S   must, must not be paired; takes that back\n"
     "  recuse D S           --kind exclusion|challenge|abstention\n"
     "  consent D S yes|no   --side demand|supplier|PLACE\n"
     "  extend D S           a later deadline --until DAY\n"
     "  third D S            a third party (hospital, institute) --side PLACE --party SUPPLIER\n"
     "  confirm, publish\n"
     "  agree|done|settle D S   agreement, completion (--grade 0..3), settlement\n"
     "  withdraw             --demand D or --supplier S\n"
     "  rematch              changes the fewest pairs\n"
     "  admit D              the next of the reserve list steps in\n"
     "  object D, answer N   an objection and its answer --upheld | --rejected\n"
     "  attach FILE          a record of the committee (JSON)\n"
     "  what-if [FILE]       what a change would do\n"
     "  why D S              why a pair is, or is not, proposed\n"
     "  compare              the methods side by side [--format svg]\n"
     "  show, list, audit, replay, verify\n\n"
     "D and S are ids of a demand and a supplier. Steps that decide need --by.\n"
     "--revision is the one you saw: when somebody has changed the round since, the step is refused.\n"},
    {"shadow",
     "ieum shadow --program 사업 --suppliers 파일 --demands 파일 --decisions 파일 [--model 모형]\n"
     "            [--criteria all|fit] [--q 1] [--seed 1] [--format json|table|svg]\n\n"
     "지난 회차의 신청·공급기업·결정을 파일에서 읽어, 결정마다 어느 규칙에 어긋나는지, 정해진 기업이\n"
     "몇 위였는지, 어느 항목에서 1위와 벌어졌는지 알려 주고, 같은 과제를 배정 방법마다 다시 배정해\n"
     "나란히 놓습니다. 저장소가 없어도 되고 아무것도 저장하지 않습니다.\n\n"
     "  --decisions  CSV(UTF-8, CP949), JSON Lines, JSON. 열은 수요과제, 공급기업, 사유(없어도 됨).\n"
     "               번호 대신 사업자등록번호나 기업명을 적어도 됩니다\n"
     "  --q, --seed  확률 추첨(random): 어느 쌍의 확률도 q를 넘지 않게, 씨앗\n"
     "  --format     svg: 방법마다의 점수 합계와 가장 불리한 과제를 그린 그림\n",
     "ieum shadow --program P --suppliers FILE --demands FILE --decisions FILE [--model M]\n"
     "            [--criteria all|fit] [--q 1] [--seed 1] [--format json|table|svg]\n\n"
     "Reads a past round's applications, suppliers and decisions from files and tells of each decision\n"
     "which rule speaks against it, which rank the supplier had and on which criterion it falls behind\n"
     "the best; and what each method of assignment makes of the same demands, side by side. No store\n"
     "is needed and nothing is stored.\n\n"
     "  --decisions  CSV (UTF-8, CP949), JSON Lines or JSON with demand, supplier and perhaps reason;\n"
     "               a registration number or a firm's name will do for an id\n"
     "  --q, --seed  of the method random: no pair surer than q, and the seed of its draw\n"
     "  --format     svg: a picture of the methods, their totals and who came off worst\n"},
    {"report",
     "ieum report council [--program 사업] [--year 연도] [--format json|table|csv|xlsx|html] [--out 파일]\n"
     "ieum report suppliers [--program 사업] [--year 연도]\n"
     "ieum report result --round 회차 [--demand 번호]\n\n"
     "  council    의회 보고: 신청에서 완료까지를 계획과 중기 목표에 견주고, 경쟁률, 예산, 자치구·업종·규모·업력·\n"
     "             준비 수준별 수, 공급기업 쏠림과 신규 참여, 채우지 못한 수요, 해마다의 변화. 기업 이름은 나오지 않습니다\n"
     "  suppliers  공급기업별로 매칭된 짝의 수와 몫, 신규 여부 (이름이 나옵니다)\n"
     "  result     기업별 결과지: 결과와 까닭, 짝, 다음에 할 일, 이의신청 기한. 기업마다 한 장입니다\n"
     "  --year     신청한 해. 없으면 신청이 있는 가장 늦은 해\n"
     "html은 A4로 인쇄합니다. csv와 xlsx에는 같은 표가 들어 있습니다.\n",
     "ieum report council [--program P] [--year Y] [--format json|table|csv|xlsx|html] [--out FILE]\n"
     "ieum report suppliers [--program P] [--year Y]\n"
     "ieum report result --round R [--demand ID]\n\n"
     "  council    for the council: from application to completion against plan and medium-term targets, competition,\n"
     "             budget, by district, industry, size, age and readiness, concentration and newcomers, needs not met,\n"
     "             year over year. No firm is named\n"
     "  suppliers  pairs and share of each supplier, and whether it is new (named)\n"
     "  result     a sheet a firm: result and why, pair, what comes next, until when to object\n"
     "  --year     of application; without it the last that has applications\n"
     "html prints to A4; csv and xlsx hold the same tables.\n"},
    {"audit",
     "ieum audit list [--after N] [--round 회차] | head | verify [--head 파일]\n"
     "ieum audit erase --before 날짜 --by 계정 [--reason 이유]\n\n"
     "감사 기록을 보고, 마지막 값을 따로 보관하고(head), 그것으로 기록이 온전한지 확인하며,\n"
     "보존 기간이 끝난 개인 정보를 지웁니다. 지워도 기록의 사슬은 끊어지지 않습니다.\n",
     "ieum audit list [--after N] [--round R] | head | verify [--head FILE]\n"
     "ieum audit erase --before DAY --by ACCOUNT [--reason TEXT]\n\n"
     "Reads the audit log, gives its head to keep elsewhere, checks the log against a head kept so,\n"
     "and erases personal data whose retention is over; the chain stays whole.\n"},
    {"account",
     "ieum account create 계정 --role 역할 [--days N] | list [--format json|table]\n"
     "ieum account token 계정 [--days N] [--revoke] | role 계정 역할\n"
     "ieum account revoke 계정 | revoke --token-id ID [--by 계정] [--reason 이유]\n\n"
     "서버(ieum serve)를 쓸 사람의 계정입니다. 역할은 viewer(열람), desk(상담), manager(사업 담당),\n"
     "researcher(연구), admin(관리자)이고, 할 수 있는 일은 data/server/roles.json에 있습니다.\n"
     "토큰은 만들 때 한 번만 보여 주며 저장소에는 해시만 남습니다.\n\n"
     "  --days     토큰의 기한(1~730일, 없으면 365)\n"
     "  --revoke   그 계정의 다른 토큰과 접속을 끝냅니다\n"
     "  revoke     계정의 모든 토큰, 또는 토큰 하나를 끝냅니다. 마지막 관리자는 끝낼 수 없습니다\n",
     "ieum account create ACCOUNT --role ROLE [--days N] | list [--format json|table]\n"
     "ieum account token ACCOUNT [--days N] [--revoke] | role ACCOUNT ROLE\n"
     "ieum account revoke ACCOUNT | revoke --token-id ID [--by ACCOUNT] [--reason TEXT]\n\n"
     "Accounts of those who use the server (ieum serve). Roles are viewer, desk, manager, researcher and\n"
     "admin; what they may do stands in data/server/roles.json. A token is shown once, when it is made;\n"
     "the store keeps its hash alone.\n\n"
     "  --days     days until the token expires (1 to 730; 365 without it)\n"
     "  --revoke   ends the account's other tokens and their sessions\n"
     "  revoke     ends all tokens of an account, or one; the last administrator's cannot be ended\n"},
    {"access",
     "ieum access review [--month YYYY-MM] [--account 계정] [--limit N] [--format json|table]\n"
     "ieum access prune [--by 계정] [--reason 이유] | operations [--access 폴더]\n\n"
     "  review      접속기록 한 달을 점검합니다: 계정별·일별 횟수, 살펴볼 것(많이 봄, 근무 시간 밖,\n"
     "              주말, 거절), 기록. 기준은 data/server/access.json에 있습니다\n"
     "  prune       보관 기간(retention_months)이 지난 달의 파일을 지우고 감사 기록에 남깁니다\n"
     "  operations  역할\n"
     "  --access    접속기록 폴더. 없으면 $IEUM_ACCESS, 없으면 저장소 이름에 .access를 붙인 폴더\n",
     "ieum access review [--month YYYY-MM] [--account ACCOUNT] [--limit N] [--format json|table]\n"
     "ieum access prune [--by ACCOUNT] [--reason TEXT] | operations [--access DIR]\n\n"
     "  review      a month of the access log: counts by account and day, what to look into (many firms,\n"
     "              out of hours, weekends, refusals), the entries; thresholds: data/server/access.json\n"
     "  prune       removes the files of months beyond retention_months, and notes it in the audit log\n"
     "  operations  the roles\n"
     "  --access    folder of the access log; else $IEUM_ACCESS, else the store's name with .access\n"},
    {"import",
     "ieum import suppliers|demands|outcomes 파일… [--format json|table]\n"
     "ieum import suppliers|demands|outcomes|decisions 파일 --preview [--mapping 파일] [--merge 파일]\n"
     "            [--sheet 시트] [--format json|table|csv|xlsx|html]\n\n"
     "파일은 .xlsx(xlsx2csv가 있으면), .csv(UTF-8, CP949), .json, .jsonl이고 -는 표준 입력입니다.\n"
     "파일마다 전부 들어가거나 하나도 들어가지 않습니다.\n\n"
     "  --preview  가져오지 않고, 열을 무엇으로 보았는지, 고칠 칸 전부, 이미 있는 기록을 보여 줍니다\n"
     "  --mapping  열을 항목에 잇는 JSON 파일: {\"3\": \"/registration_no\", \"9\": null(읽지 않음)}\n"
     "  --merge    겹치는 행을 어떻게 할지: {\"4\": \"keep_both|replace|skip\"}. 행 번호 대신\n"
     "             registration_no, name_region, same_id를 적으면 그런 행 모두입니다\n"
     "  --sheet    엑셀 파일의 시트 (없으면 첫 시트)\n"
     "  --by       하는 사람(계정)\n\n"
     "--mapping, --merge, --sheet를 적어 가져올 때는 겹치는 행마다 골라야 합니다. 고르지 않은 행이\n"
     "있으면 알려 주고 아무것도 가져오지 않습니다. 고를 것이 없으면 --merge에 {}를 적습니다.\n",
     "ieum import suppliers|demands|outcomes FILE… [--format json|table]\n"
     "ieum import suppliers|demands|outcomes|decisions FILE --preview [--mapping FILE] [--merge FILE]\n"
     "            [--sheet NAME] [--format json|table|csv|xlsx|html]\n\n"
     "Files are .xlsx (where xlsx2csv is installed), .csv (UTF-8, CP949), .json or .jsonl; - is\n"
     "standard input. All or nothing per file.\n\n"
     "  --preview  imports nothing: shows what the columns are taken for, all cells to mend, and which\n"
     "             records are there already\n"
     "  --mapping  JSON that binds columns to fields: {\"3\": \"/registration_no\", \"9\": null (not read)}\n"
     "  --merge    what becomes of rows that are there already: {\"4\": \"keep_both|replace|skip\"}; for a\n"
     "             row, registration_no, name_region or same_id stands for all such rows\n"
     "  --sheet    of an XLSX file (the first unless told)\n"
     "  --by       the account that acts\n\n"
     "With --mapping, --merge or --sheet every row that is there already needs a choice; where one has\n"
     "none, nothing is imported and the rows are told. Where there is none to make, --merge takes {}.\n"},
    {"template",
     "ieum template suppliers|demands|outcomes|decisions [--format csv|xlsx] --out 파일\n\n"
     "채워서 ieum import로 가져올 양식입니다. 첫 행은 열 이름(*는 필수), 다음은 지어낸 보기 행입니다.\n"
     "보기 행은 지우고 가져옵니다. xlsx에는 열마다 적는 법을 담은 시트가 있습니다.\n",
     "ieum template suppliers|demands|outcomes|decisions [--format csv|xlsx] --out FILE\n\n"
     "A file to fill in and import: the first row names the columns (* is needed), the next is an\n"
     "invented example to be taken out. xlsx has a second sheet that says how to fill in each column.\n"},
    {"program",
     "ieum program list | show 사업 | check 사업|파일 [--format json|table|ids]\n",
     "ieum program list | show P | check P|FILE [--format json|table|ids]\n"},
    {"score",
     "ieum score [-b 0|1] [-q] 행파일 모델파일 결과파일\n\n"
     "libsvm의 svm-predict와 같은 파일을 읽고 같은 파일을 씁니다. 값은 1e-9까지 같고 훨씬 빠릅니다.\n"
     "행은 '라벨 [qid:N] 번호:값 …', 모델은 libsvm의 모델 파일이거나, ieum train이 행으로 학습한\n"
     "모형 또는 ieum model import로 가져온 모형입니다. -는 표준 입력과 표준 출력입니다.\n"
     "잘못된 파일은 몇 번째 줄인지 알려 주고 거절하며, 그때 결과파일은 그대로 둡니다.\n\n"
     "  -b 1   분류마다의 확률도 씁니다 (svm-train -b 1로 학습한 모델)\n"
     "  -q     정확도 같은 요약을 보이지 않습니다\n",
     "ieum score [-b 0|1] [-q] TEST MODEL OUT\n\n"
     "Reads and writes the files of libsvm's svm-predict: the same values to 1e-9, much sooner.\n"
     "TEST has lines 'label [qid:N] index:value …', MODEL is a model file of libsvm, or one that\n"
     "ieum train learned from rows or ieum model import made; - is standard input or output. A broken\n"
     "file is refused with its line, and then OUT is not touched.\n\n"
     "  -b 1   also the probability of each class (of models trained with svm-train -b 1)\n"
     "  -q     no summary such as the accuracy\n"},
    {"explain-text", "ieum explain-text 글 [--format json|table]\n", "ieum explain-text TEXT [--format json|table]\n"},
    {"evaluate",
     "ieum evaluate 판정 실행결과… [-m 척도]… [--per-topic] [--complete] [--baseline 실행결과] [--seed 1]\n"
     "              [--format json|trec|table]\n\n"
     "판정(qrels)과 실행 결과(run)는 TREC 형식의 글 파일이고 -는 표준 입력입니다. 값은 trec_eval과\n"
     "같습니다: 점수가 높은 순서로, 같은 점수는 번호의 내림차순으로 봅니다.\n\n"
     "  -m           기본은 nDCG@10 AP RR P@5 R@10. 이 밖에 nDCG, nDCG(dcg='exp-log2')@k, Bpref,\n"
     "               Success@k, Judged@k가 있고, P(rel=2)@5는 2등급부터 맞는 것으로 봅니다.\n"
     "               trec_eval의 이름(ndcg_cut_10, map …)도 됩니다\n"
     "  --per-topic  과제마다의 값도 냅니다\n"
     "  --complete   (-c) 실행 결과에 없는 과제를 0으로 셈합니다. 없으면 빼고 평균하며 알려 드립니다\n"
     "  --baseline   실행 결과가 여럿일 때 견줄 기준(없으면 첫째): 차이, 95% 구간, 무작위화 검정의 p\n"
     "  --seed       구간과 검정의 씨앗. 같은 씨앗이면 결과가 같습니다\n",
     "ieum evaluate QRELS RUN… [-m MEASURE]… [--per-topic] [--complete] [--baseline RUN] [--seed 1]\n"
     "              [--format json|trec|table]\n\n"
     "QRELS and RUN are text files as TREC has them; - is standard input. Values are those of trec_eval:\n"
     "by score from the top, equal scores by id downwards.\n\n"
     "  -m           nDCG@10 AP RR P@5 R@10 without it; also nDCG, nDCG(dcg='exp-log2')@k, Bpref,\n"
     "               Success@k, Judged@k; P(rel=2)@5 takes grades from 2 on as relevant.\n"
     "               Names of trec_eval (ndcg_cut_10, map …) work too\n"
     "  --per-topic  also the values of every topic\n"
     "  --complete   (-c) topics that a run does not have count 0; else they are left out, with a warning\n"
     "  --baseline   with several runs, the one to compare with (else the first): difference,\n"
     "               95% interval, p of the paired randomisation test\n"
     "  --seed       of intervals and tests; the same seed gives the same result\n"},
    {"train",
     "ieum train --kind linear|additive|pairwise|mixed --out 모형 [--program 사업] [--data 파일|폴더]\n"
     "           [--qrels 판정] [--criteria all|fit] [--split demand|supplier|both|date] [--folds 5]\n"
     "           [--inner-folds 5] [--costs 1,10,…] [--widths 0.25,1,…] [--knots 6]\n"
     "           [--monotone 특성,…|all] [--seed 1] [--time-limit 초] [--memory-limit MiB] [--name 이름]\n"
     "           [--about-ko 글 --about-en 글]\n\n"
     "  --data       qid가 있는 SVMlight 파일, 또는 --program과 함께 suppliers.jsonl, demands.jsonl,\n"
     "               qrels.txt가 든 폴더. 없으면 저장소에 있는 그 사업의 성과로 학습합니다\n"
     "  --split      시험할 것을 어떻게 떼어 두는지. 알려 드리는 값은 모두 떼어 둔 것에서 잰 값입니다\n"
     "  --costs      C의 후보. 안쪽 겹에서 고릅니다 (--widths는 커널 너비의 후보)\n"
     "  --monotone   값이 커질 때 점수가 내려가면 안 되는 특성\n"
     "  --about-ko   카드에 적을 자료 설명\n\n"
     "배점표(rubric)의 점수도 특성 하나로 들어갑니다. 멈추려면 Ctrl-C: 파일은 쓰이지 않습니다.\n",
     "ieum train --kind linear|additive|pairwise|mixed --out MODEL [--program P] [--data FILE|FOLDER]\n"
     "           [--qrels FILE] [--criteria all|fit] [--split demand|supplier|both|date] [--folds 5]\n"
     "           [--inner-folds 5] [--costs 1,10,…] [--widths 0.25,1,…] [--knots 6]\n"
     "           [--monotone F,…|all] [--seed 1] [--time-limit S] [--memory-limit MiB] [--name ID]\n"
     "           [--about-ko T --about-en T]\n\n"
     "  --data       an SVMlight file with qid, or with --program a folder with suppliers.jsonl,\n"
     "               demands.jsonl and qrels.txt; without it, the store's outcomes of the program\n"
     "  --split      what is kept apart for testing; all measures told are of what was kept apart\n"
     "  --costs      grid of C, chosen by the inner folds (--widths: of the kernels' width)\n"
     "  --monotone   features whose curves may not fall\n"
     "  --about-en   what the data are, for the card\n\n"
     "The rubric's score is one of the features. Ctrl-C stops it; no file is written then.\n"},
    {"model",
     "ieum model list [--format json|table|ids]\n"
     "ieum model show 모형 [--format json|table]\n"
     "    무엇으로 학습했고, 배점표와 나란히 얼마나 맞혔고, 어떤 특성이 점수를 얼마나 올리고 내리는지\n"
     "ieum model rows --program 사업 --out 파일 [--data 폴더] [--qrels 판정] [--criteria all|fit]\n"
     "                [--plain]\n"
     "    판정한 쌍을 svm-train이나 XGBoost로 학습할 수 있게 SVMlight 행으로 씁니다. --data는 train과\n"
     "    같은 폴더이고, 없으면 저장소의 성과입니다. --plain은 svm-train이 읽지 못하는 qid와 주석을 뺍니다\n"
     "ieum model import libsvm모형 --program 사업 --features 이름,… [--means 이름=수,…] --out 모형\n"
     "                  --about-ko 글 --about-en 글 [--name 이름] [--criteria all|fit]\n"
     "    libsvm의 글 모형을 사업의 모형 파일로 바꿉니다. --features는 열의 차례대로 특성의 이름이며\n"
     "    (rows가 알려 줍니다), missing:이름은 모르면 1인 열입니다. --means는 모르는 값을 무엇으로 셀지,\n"
     "    적지 않으면 0입니다. 두 부류나 회귀(svm-train -s 3)만 됩니다\n"
     "ieum model export 모형 파일\n"
     "    svm-predict가 같은 값을 내는 libsvm 모형으로 씁니다 (linear, pairwise, libsvm만)\n\n"
     "모형은 이름(모형 폴더의 파일)이나 경로로 부릅니다. 경로에는 /가 있거나 .model로 끝납니다.\n",
     "ieum model list [--format json|table|ids]\n"
     "ieum model show MODEL [--format json|table]\n"
     "    what it was trained on, what it reached beside the rubric, what each feature adds to the score\n"
     "ieum model rows --program P --out FILE [--data DIR] [--qrels FILE] [--criteria all|fit] [--plain]\n"
     "    judged pairs as SVMlight rows, for svm-train or XGBoost to learn from. --data is a folder as for\n"
     "    train; without it, the store's outcomes. --plain leaves out qid and comments, which svm-train\n"
     "    does not read\n"
     "ieum model import LIBSVM --program P --features NAME,… [--means NAME=X,…] --out MODEL\n"
     "                  --about-ko T --about-en T [--name ID] [--criteria all|fit]\n"
     "    a text model of libsvm as a model file for the program. --features names the columns in order\n"
     "    (rows tells them); missing:NAME is 1 where the feature is missing. --means is what a missing\n"
     "    feature counts as, 0 without it. Two classes or a regression (svm-train -s 3)\n"
     "ieum model export MODEL FILE\n"
     "    as libsvm's text, for which svm-predict gives the same values (linear, pairwise, libsvm)\n\n"
     "A model is named by its id in the models folder, or by a path (with a /, or ending in .model).\n"},
    {"call",
     "ieum call < 요청.jsonl\n\n한 줄에 요청 하나, 답 하나입니다. 종료 값은 첫 오류의 값입니다.\n",
     "ieum call < requests.jsonl\n\nOne request a line, one reply a line. The exit status is that of the first error.\n"},
    {"backup", "ieum backup 파일 [--replace]\n", "ieum backup FILE [--replace]\n"},
    {"restore", "ieum restore 파일 [--by 계정]\n", "ieum restore FILE [--by ACCOUNT]\n"},
    {"doctor", "ieum doctor [--format json|table]\n\n엔진이 서 있는 모든 것(개념 사전, 사업 파일, 상담 창구, 저장소)을 점검합니다.\n",
     "ieum doctor [--format json|table]\n\nChecks everything the engine stands on: lexicon, program files, desk, store.\n"},
};

const char *help_text(const char *command, bool korean) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bool same = command ? texts[i].command && strcmp(texts[i].command, command) == 0 : !texts[i].command;
        if (same) return korean ? texts[i].ko : texts[i].en;
    }
    return NULL;
}
