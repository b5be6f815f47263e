#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every kind of mistake in a program file is found, where it is, and said in both languages.

    python3 tests/program_mistakes.py PROGRAM ROOT

A good file (tests/data/program_base.json) is changed in one place at a time; what `program check` then says must be exactly the mistakes that stand in the table,
no more and no fewer. Out: a line per fault, or the number of kinds; exit status 1 when there is a fault.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys

FORM = "form"
E, W = "error", "warning"
PART = {"title": {"ko": "누리(가상)", "en": "Nuri (fictional)"}, "source": "test"}
# What is changed (Python on `d`, the file), and what must be found: (severity, kind, pointer) for each mistake.
TABLE = [
    # ---- the file's form: what readers refuse ----
    ('d["colour"] = "red"', (E, FORM, "/colour")),
    ('d["eligibility"][0]["colour"] = 1; d["quota"]["colour"] = 2', (E, FORM, "/eligibility/0/colour"), (E, FORM, "/quota/colour")),
    ('del d["version"]', (E, FORM, "/version")),
    ('d["version"] = 1', (E, FORM, "/version")),
    ('d["version"] = ""', (E, FORM, "/version")),
    ('d["id"] = "Two Words"', (E, FORM, "/id")),
    ('d["shortlist"] = 0', (E, FORM, "/shortlist")),
    ('d["shortlist"] = 2.5', (E, FORM, "/shortlist")),
    ('d["assignment"]["use_capacity"] = "yes"', (E, FORM, "/assignment/use_capacity")),
    ('d["assignment"]["method"] = "best"', (E, FORM, "/assignment/method")),
    ('d["sides"] = []', (E, FORM, "/sides")),
    ('d["sources"] = {}', (E, FORM, "/sources")),
    ('d["criteria"].append(7)', (E, FORM, "/criteria/7")),
    ('d["criteria"][0]["weight"] = 1; d["criteria"][1]["points"] = -1', (E, FORM, "/criteria/0/weight"), (E, FORM, "/criteria/1/points")),
    ('del d["title"]["en"]', (E, FORM, "/title/en")),
    ('d["title"]["de"] = "x"', (E, FORM, "/title/de")),
    ('d["eligibility"][0]["id"] = "1st"', (E, FORM, "/eligibility/0/id")),
    ('d["eligibility"][1]["id"] = d["eligibility"][0]["id"]', (E, FORM, "/eligibility/1/id")),
    ('d["features"][1]["id"] = d["features"][0]["id"]', (E, FORM, "/features/1/id"), (E, FORM, "/criteria/0/features/1/feature")),
    ('d["criteria"][1]["id"] = d["criteria"][0]["id"]', (E, FORM, "/criteria/1/id")),
    ('d["parameters"].append(d["parameters"][0])', (E, FORM, "/parameters/$last/id")),
    ('d["calendar"][1]["id"] = d["calendar"][0]["id"]', (E, FORM, "/calendar/1/id")),
    ('d["targets"][1]["id"] = d["targets"][0]["id"]', (E, FORM, "/targets/1/id")),
    ('d["assignment"]["groups"][1]["id"] = "far"', (E, FORM, "/assignment/groups/1/id")),
    ('d["selection"]["stages"] *= 2', (E, FORM, "/selection/stages/1/id")),
    ('d["consent"]["third_parties"][0]["id"] = "demand"', (E, FORM, "/consent/third_parties/0/id")),
    ('d["eligibility"][2]["values"] = {"parameter": "nothing"}', (E, FORM, "/eligibility/2/values/parameter"), (W, "parameter_unused", "/parameters/$sizes/id")),
    ('del d["parameters"][0]["value"]', (E, FORM, "/parameters/0/value")),
    ('d["eligibility"][0]["test"] = "begins"', (E, FORM, "/eligibility/0/test")),
    ('d["eligibility"][0]["test"] = "unrelated"', (E, FORM, "/eligibility/0/test")),
    ('d["eligibility"][2]["number"] = 3', (E, FORM, "/eligibility/2/number")),
    ('d["eligibility"][2]["values"] = []', (E, FORM, "/eligibility/2/values"), (W, "parameter_unused", "/parameters/$sizes/id")),
    ('d["eligibility"][1]["values"] = ["X1"]', (E, FORM, "/eligibility/1/values/0"), (W, "parameter_unused", "/parameters/$manufacturing_ksic/id")),
    ('d["eligibility"][0]["field"] = "firm/region"', (E, FORM, "/eligibility/0/field")),
    ('del d["eligibility"][0]["field"]', (E, FORM, "/eligibility/0/field")),
    ('d["eligibility"][0]["reason"]["ko"] = "{colour} 지역입니다."', (E, FORM, "/eligibility/0/reason/ko"), (W, "places_differ", "/eligibility/0/reason")),
    ('d["eligibility"][3]["reason"]["en"] = "No need [for AI."', (E, FORM, "/eligibility/3/reason/en")),
    ('d["eligibility"][4]["pattern"] = "가("', (E, FORM, "/eligibility/4/pattern")),
    ('d["eligibility"][4]["pattern"] = "a" * 5000', (E, FORM, "/eligibility/4/pattern")),
    ('d["eligibility"][0]["missing"] = "maybe"', (E, FORM, "/eligibility/0/missing")),
    ('d["eligibility"][6]["number"] = 1.5', (E, FORM, "/eligibility/6/number")),
    ('d["selection"]["knock_outs"]["supplier"][1]["date"] = "2025-02-30"', (E, FORM, "/selection/knock_outs/supplier/1/date"), (W, "parameter_unused", "/parameters/$pool_deadline/id")),
    ('d["criteria"][0]["points"] = 61', (E, FORM, "/criteria")),
    ('d["criteria"][0]["features"][0]["weight"] = 0.5', (E, FORM, "/criteria/0/features")),
    ('d["criteria"][2]["features"] = []', (E, FORM, "/criteria/2/features"), (W, "feature_unused", "/features/5/id")),
    ('d["criteria"][2]["features"][0]["feature"] = "smell"', (E, FORM, "/criteria/2/features/0/feature"), (W, "feature_unused", "/features/5/id")),
    ('d["features"][0]["kind"] = "smell"', (E, FORM, "/features/0/kind")),
    ('d["features"][9]["options"] = {"colour": 1}', (E, FORM, "/features/9/options/colour")),
    ('d["features"][0]["options"] = {"roles": {"need": 7}}', (E, FORM, "/features/0/options/roles/need")),
    ('d["effective"]["from"] = "2025-13"', (E, FORM, "/effective/from")),
    ('d["effective"]["to"] = "2024-12-31"', (E, FORM, "/effective/to"), *[(E, "stage_after_effective", f"/calendar/{i}/to") for i in range(6)],
     (E, "deadline_after_end", "/selection/knock_outs/supplier/1/date"), (W, "target_after_effective", "/targets/0/from")),
    ('d["calendar"][2]["from"] = "2025-07"', (E, FORM, "/calendar/2/from")),
    ('d["calendar"][0]["step"] = "party"', (E, FORM, "/calendar/0/step")),
    ('d["assignment"]["demand"]["min"] = 3', (E, FORM, "/assignment/demand/min")),
    ('d["assignment"]["groups"][1]["min"] = 31', (E, FORM, "/assignment/groups/1/min")),
    ('d["assignment"]["groups"][0]["newcomer"] = True', (E, FORM, "/assignment/groups/0/field")),
    ('d["consent"]["days"] = 0', (E, FORM, "/consent/days"), (W, "parameter_unused", "/parameters/$consent_days/id")),
    ('d["selection"]["weights"]["rubric"] = 0.5', (E, FORM, "/selection/weights"), (W, "parameter_unused", "/parameters/$rubric_weight/id")),
    ('d["selection"]["committee"]["least_members"] = 2', (E, FORM, "/selection/committee/least_members")),
    ('d["selection"]["own_share"]["otherwise"] = 100', (E, FORM, "/selection/own_share/otherwise"), (W, "parameter_unused", "/parameters/$own_share_sme/id")),
    ('d["selection"]["tie_order"] = ["committee", "committee"]', (E, FORM, "/selection/tie_order/1")),
    ('d["selection"]["tie_order"] = ["beauty"]', (E, FORM, "/selection/tie_order/0")),
    ('d["selection"]["knock_outs"]["supplier"][0] = d["pair_rules"][0]', (E, FORM, "/selection/knock_outs/supplier"), (W, "rule_id_twice", "/selection/knock_outs/supplier/0/id"),
     (W, "rule_same", "/selection/knock_outs/supplier/0")),
    ('d["retention"]["years"] = 0', (E, FORM, "/retention/years")),
    ('del d["sources"]', (E, FORM, "/sources")),
    ('d["sources"][0]["lines"] = 281', (E, FORM, "/sources/0/lines")),
    ('d["targets"][0]["counts"] = "hoped"', (E, FORM, "/targets/0/counts")),
    ('d["jurisdiction"] = "atlantis"', (E, FORM, "/jurisdiction"), (E, FORM, "/eligibility/0/values")),
    # ---- quotas, bounds, budget ----
    ('d["quota"]["demands"] = 0', (E, "quota_zero", "/quota/demands"), (E, "projects_beyond_demands", "/quota/projects"), (E, "group_min_beyond_quota", "/assignment/groups/1/min")),
    ('d["quota"]["projects"] = 41', (E, "projects_beyond_demands", "/quota/projects")),
    ('d["quota"]["suppliers"] = 5', (E, "suppliers_cannot_serve", "/assignment/demand/min")),
    ('d["quota"]["suppliers"] = 0', (E, "suppliers_below_demand_min", "/quota/suppliers"), (E, "suppliers_cannot_serve", "/assignment/demand/min")),
    ('d["assignment"]["supplier"]["min"] = 2', (E, "demands_cannot_fill", "/assignment/supplier/min")),
    ('d["assignment"]["supplier"] = {"min": 21, "max": None}; del d["quota"]["suppliers"]', (E, "supplier_min_beyond_quota", "/assignment/supplier/min")),
    ('d["assignment"]["demand"] = {"min": 0, "max": 0}', (E, "demand_max_zero", "/assignment/demand/max"), (E, "projects_beyond_demands", "/quota/projects"),
     (E, "group_min_beyond_quota", "/assignment/groups/1/min")),
    ('d["assignment"]["supplier"] = {"min": 0, "max": 0}', (E, "supplier_max_zero", "/assignment/supplier/max"), (E, "suppliers_cannot_serve", "/assignment/demand/min")),
    ('d["assignment"].update(supplier={"min": 0}, use_capacity=False); del d["assignment"]["groups"]', (W, "supplier_without_limit", "/assignment/supplier")),
    ('d["assignment"]["demand"] = {"min": 4, "max": 5}', (W, "shortlist_below_min", "/shortlist")),
    ('d["budget"] = {"source": "R"}', (E, "budget_empty", "/budget"), (W, "stage_without_budget", "/selection/stages/0/budget")),
    ('d["budget"] = {"total_krw": 0, "source": "R"}', (W, "budget_zero", "/budget/total_krw")),
    ('d["budget"]["cap_krw"] = 0', (E, "cap_zero", "/budget/cap_krw")),
    ('d["budget"]["cap_krw"] = 1000000001', (E, "cap_beyond_total", "/budget/cap_krw")),
    ('del d["budget"]["cap_krw"]', (E, "cap_scope_without_cap", "/budget/cap_scope")),
    ('d["budget"]["cap_krw"] = 90000000', (W, "budget_not_spent", "/budget/total_krw")),
    ('del d["quota"]', (W, "budget_without_quota", "/budget"), (W, "stage_without_quota", "/selection/stages/0/quota")),
    # ---- groups ----
    ('d["assignment"]["groups"][1]["values"] = ["부산광역시", "서울특별시"]', (E, "groups_cross", "/assignment/groups/1/values")),
    ('d["assignment"]["groups"][1].update(field="/colour", values=["연구소"])', (W, "groups_may_cross", "/assignment/groups/1"), (E, "field_unknown", "/assignment/groups/1/field")),
    ('d["assignment"]["groups"][0]["max"] = 0', (W, "group_max_zero", "/assignment/groups/0/max")),
    ('del d["assignment"]["groups"][0]["max"]', (E, "group_without_limit", "/assignment/groups/0")),
    ('d["assignment"]["groups"][1].update(min=41, max=50)', (E, "group_min_beyond_quota", "/assignment/groups/1/min")),
    ('d["assignment"]["groups"][0].update(min=30, max=40); d["assignment"]["groups"][1].update(min=11)', (E, "groups_min_beyond_quota", "/assignment/groups/1/min")),
    ('d["assignment"]["groups"][0]["prefix"] = 2', (E, "group_prefix_unused", "/assignment/groups/0/prefix")),
    ('d["assignment"]["groups"][0]["values"] *= 2', (W, "value_twice", "/assignment/groups/0/values/2"), (W, "value_twice", "/assignment/groups/0/values/3")),
    # ---- selection ----
    ('d["selection"]["stages"][0]["quota"] = "projects"; del d["quota"]["projects"]; d["budget"]["cap_krw"] = 50000000', (E, "stage_without_projects", "/selection/stages/0/quota")),
    ('del d["budget"]', (W, "stage_without_budget", "/selection/stages/0/budget")),
    ('s = d["selection"]["stages"]; s.insert(0, dict(s[0], id="first", quota="projects"))', (E, "stages_widen", "/selection/stages/1/quota")),
    ('d["selection"]["bonus"]["items"] = []', (W, "bonus_empty", "/selection/bonus/items")),
    ('d["selection"]["bonus"]["most"] = 0', (E, "bonus_zero", "/selection/bonus/most")),
    ('d["selection"]["bonus"]["most"] = 1', (W, "bonus_beyond_most", "/selection/bonus/items/0/points")),
    ('d["selection"]["double_award"]["programs"] = ["mistake-base"]', (E, "double_award_of_itself", "/selection/double_award/programs/0"), (W, "parameter_unused", "/parameters/$double_award_programs/id")),
    ('d["selection"]["double_award"]["programs"] = ["ai-bio", "ai-bio"]', (W, "value_twice", "/selection/double_award/programs/1"), (W, "parameter_unused", "/parameters/$double_award_programs/id")),
    ('d["selection"]["double_award"]["programs"] = ["ai-basketry"]', (E, "program_unknown", "/selection/double_award/programs/0"), (W, "parameter_unused", "/parameters/$double_award_programs/id")),
    ('d["selection"]["own_share"]["groups"][0]["sizes"] = []', (E, "share_without_sizes", "/selection/own_share/groups/0/sizes")),
    ('g = d["selection"]["own_share"]["groups"]; g.append(dict(g[0], percent=10))', (E, "size_in_two_shares", "/selection/own_share/groups/1/sizes/0")),
    ('d["selection"]["own_share"]["groups"][0]["sizes"] = ["큰기업"]', (E, "size_unknown", "/selection/own_share/groups/0/sizes/0")),
    ('d["selection"]["tie_order"] = ["bonus"]; del d["selection"]["bonus"]', (W, "tie_without_bonus", "/selection/tie_order/0")),
    ('d["selection"]["tie_order"] = ["id", "rubric"]', (W, "tie_after_id", "/selection/tie_order/1")),
    ('d["selection"]["weights"].update(rubric=1, committee=0)', (W, "committee_without_weight", "/selection/weights/committee"), (W, "parameter_unused", "/parameters/$rubric_weight/id"),
     (W, "parameter_unused", "/parameters/$committee_weight/id")),
    ('d["selection"]["flag_same"][0]["field"] = "/firm/colour"', (E, "field_unknown", "/selection/flag_same/0/field")),
    ('d["selection"]["amount"]["field"] = "/budget"', (E, "field_unknown", "/selection/amount/field")),
    # ---- points and parameters ----
    ('d["criteria"][2]["features"][0]["feature"] = "text"', (W, "feature_unused", "/features/5/id")),
    ('d["features"].append(dict(d["features"][5], id="again")); d["criteria"][2]["features"][0]["weight"] = 0.5; d["criteria"][2]["features"].append({"feature": "again", "weight": 0.5, "missing": 0})',
     (W, "feature_same", "/features/12/kind")),
    ('f = d["criteria"][2]["features"]; f[0]["weight"] = 0.5; f.append(dict(f[0]))', (E, "feature_twice", "/criteria/2/features/1/feature")),
    ('f = d["criteria"][2]["features"]; f.append({"feature": "text", "weight": 0, "missing": 0})', (W, "weight_zero", "/criteria/2/features/1/weight")),
    ('d["criteria"][2]["features"][0]["missing"] = 1', (W, "missing_earns_all", "/criteria/2/features/0/missing")),
    ('d["criteria"][0]["points"] = 65; d["criteria"][2]["points"] = 0', (W, "points_zero", "/criteria/2/points")),
    ('for c in d["criteria"]: c["fit"] = False', (W, "no_fit", "/criteria")),
    ('d["parameters"].append({"id": "idle", "value": 1, "note": {"ko": "쓰지 않음", "en": "not used"}, "source": "test"})', (W, "parameter_unused", "/parameters/$idle/id")),
    ('[p for p in d["parameters"] if p["id"] == "sizes"][0]["record"] = True', (W, "record_used", "/parameters/$sizes/record")),
    ('d["parameters"].append({"id": "idle", "record": True, "value": {"parameter": "sizes"}, "note": {"ko": "쓰지 않음", "en": "not used"}, "source": "test"})',
     (E, "parameter_of_parameter", "/parameters/$idle/value")),
    ('d["model"] = "no-such-model"', (E, "model_unknown", "/model")),
    # ---- rules ----
    ('d["eligibility"][1]["except"] = ["C"]', (E, "except_all", "/eligibility/1/except"), (W, "parameter_unused", "/parameters/$manufacturing_ksic_except/id")),
    ('d["eligibility"][1]["except"] = ["J62"]', (W, "except_nothing", "/eligibility/1/except/0"), (W, "parameter_unused", "/parameters/$manufacturing_ksic_except/id")),
    ('d["eligibility"][1]["values"] = ["C", "C25"]', (W, "value_within", "/eligibility/1/values/1"), (W, "parameter_unused", "/parameters/$manufacturing_ksic/id")),
    ('d["eligibility"][2]["values"] = ["중소기업", "중소 기업"]', (W, "value_twice", "/eligibility/2/values/1"), (W, "parameter_unused", "/parameters/$sizes/id")),
    ('d["eligibility"][2]["except"] = ["중견기업"]', (E, "member_unused", "/eligibility/2/except")),
    ('d["eligibility"][2]["accepts"] = {"중소기업": ["소기업"]}', (E, "member_unused", "/eligibility/2/accepts")),
    ('d["eligibility"][0]["revision"] = 10', (E, "revision_without_code", "/eligibility/0/revision")),
    ('d["pair_rules"][1]["accepts"]["ISMS"] = []', (W, "accepts_nothing", "/pair_rules/1/accepts/ISMS")),
    ('d["pair_rules"][1]["accepts"]["ISMS"] = ["isms"]', (W, "accepts_itself", "/pair_rules/1/accepts/ISMS/0")),
    ('d["eligibility"][3]["missing"] = "pass"; del d["eligibility"][3]["ask"]', (E, "present_passes", "/eligibility/3/missing")),
    ('d["eligibility"][2]["missing"] = "pass"', (W, "ask_never", "/eligibility/2/ask")),
    ('d["pair_rules"][4]["waivable"] = True', (W, "conflict_waivable", "/pair_rules/4/waivable")),
    ('d["pair_rules"][4]["enabled"] = False', (W, "conflict_off", "/pair_rules/4/enabled")),
    ('del d["pair_rules"][4]', (W, "conflict_rule_absent", "/pair_rules")),
    ('d["eligibility"][6]["number"] = 0', (W, "age_zero", "/eligibility/6/number")),
    ('r = d["eligibility"]; r.append(dict(r[5], id="most_staff", test="at_most", number=1))', (E, "rules_contradict", "/eligibility/7/number")),
    ('k = d["selection"]["knock_outs"]["supplier"]; k.append(dict(k[1], id="not_too_early", test="date_at_least", date="2025-08-02"))',
     (E, "rules_contradict", "/selection/knock_outs/supplier/2/date")),
    ('d["eligibility"].append(dict(d["eligibility"][2], id="size_again"))', (W, "rule_same", "/eligibility/7")),
    ('d["selection"]["knock_outs"]["demand"][0]["id"] = "size_not_allowed"', (W, "rule_id_twice", "/selection/knock_outs/demand/0/id")),
    ('d["eligibility"][2]["reason"] = {"ko": "{lacking} 규모입니다.", "en": "Its size is {lacking}."}', (W, "place_never_filled", "/eligibility/2/reason/ko"), (W, "place_never_filled", "/eligibility/2/reason/en")),
    ('d["eligibility"][2]["reason"]["en"] = "Its size is wrong."', (W, "places_differ", "/eligibility/2/reason")),
    # ---- patterns ----
    ('d["eligibility"][4]["pattern"] = "가^나"', (E, "pattern_never", "/eligibility/4/pattern")),
    ('d["eligibility"][4]["pattern"] = "(주)$[가-힣]+"', (E, "pattern_never", "/eligibility/4/pattern")),
    ('d["eligibility"][4]["pattern"] = "(?!)"', (E, "pattern_never", "/eligibility/4/pattern")),
    ('d["eligibility"][4]["pattern"] = ".*"', (W, "pattern_always", "/eligibility/4/pattern")),
    # ---- dates ----
    ('d["effective"]["to"] = "2026-12-31"', (W, "effective_years", "/effective/to")),
    ('d["effective"]["from"] = "2025-07-01"', (E, "stage_before_effective", "/calendar/0/from")),
    ('d["effective"]["to"] = "2025-11-30"', (E, "stage_after_effective", "/calendar/5/to")),
    ('d["targets"][1]["to"] = "2024-12"', (W, "target_before_effective", "/targets/1/to")),
    ('d["targets"][0]["from"] = "2026-01"', (W, "target_after_effective", "/targets/0/from"), (E, FORM, "/targets/0/years/2025")),
    ('d["targets"][1]["value"] = 0', (W, "target_zero", "/targets/1/value")),
    ('[p for p in d["parameters"] if p["id"] == "pool_deadline"][0]["value"] = "2026-01-01"', (E, "deadline_after_end", "/selection/knock_outs/supplier/1/date")),
    ('[p for p in d["parameters"] if p["id"] == "pool_deadline"][0]["value"] = "2025-09-15"', (E, "deadline_after_matching", "/selection/knock_outs/supplier/1/date")),
    ('d["calendar"][4]["step"] = "close"; d["calendar"][5]["step"] = "agree"', (W, "steps_out_of_order", "/calendar/5/step")),
    # ---- consent ----
    ('d["consent"].update(demand=False, supplier=False); d["consent"]["third_parties"][0]["required"] = True', (E, "third_without_parties", "/consent/third_parties/0")),
    ('d["consent"].update(demand=False, supplier=False); del d["consent"]["third_parties"]', (E, "days_for_nobody", "/consent/days")),
    ('del d["consent"]["days"]', (W, "consent_without_days", "/consent/days"), (W, "parameter_unused", "/parameters/$consent_days/id")),
    # ---- texts and sources ----
    ('d["title"]["ko"] = "  "', (E, "text_blank", "/title/ko")),
    ('d["title"]["en"] = d["title"]["ko"]', (W, "text_same", "/title")),
    ('d["title"]["ko"] = "Matching"', (W, "korean_without_hangul", "/title/ko")),
    ('d["sources"][1]["id"] = d["sources"][0]["id"]', (E, "source_twice", "/sources/1/id")),
    ('d["sources"] = []', (E, "sources_empty", "/sources")),
    ('d["sources"].append({"id": "X-1"})', (E, "source_empty", "/sources/$end")),
    ('del d["sources"][0]["lines"]', (E, "source_without_lines", "/sources/0/lines")),
    ('del d["sources"][0]["seed"]', (E, "lines_without_seed", "/sources/0/lines")),
    ('d["sources"][0]["lines"] = "281-115"', (E, "lines_wrong", "/sources/0/lines")),
    ('d["sources"][0]["lines"] = "somewhere"', (E, "lines_wrong", "/sources/0/lines")),
    ('d["sources"][0]["lines"] = "281, 999"', (E, "line_beyond_end", "/sources/0/lines")),
    ('d["sources"][0]["seed"] = "004_none.txt"', (E, "seed_unknown", "/sources/0/seed")),
    ('d["sources"].append({"id": "X-1", "url": "example"})', (E, "url_wrong", "/sources/$end/url")),
    # ---- against the data folder ----
    ('d["eligibility"][2]["field"] = "/firm/sizes"', (E, "field_unknown", "/eligibility/2/field")),
    ('d["eligibility"][0]["reference"] = "/aplied"', (E, "field_unknown", "/eligibility/0/reference")),
    ('d["eligibility"][0]["reference"] = "/budget_krw"', (E, "reference_no_date", "/eligibility/0/reference")),
    ('d["pair_rules"][0]["supplier_field"] = "/deploy"', (E, "field_unknown", "/pair_rules/0/supplier_field")),
    ('d["eligibility"][5]["field"] = "/firm/name"', (E, "field_no_number", "/eligibility/5/field")),
    ('d["eligibility"][6]["field"] = "/firm/employees"', (E, "field_no_date", "/eligibility/6/field")),
    ('d["eligibility"][4]["field"] = "/firm/employees"', (E, "field_no_text", "/eligibility/4/field")),
    ('d["eligibility"][5]["number"] = 99999999', (E, "number_never", "/eligibility/5/number")),
    ('d["eligibility"][5]["number"] = 0', (W, "number_always", "/eligibility/5/number")),
    ('d["eligibility"][1]["values"] = ["C99"]', (E, FORM, "/eligibility/1/values/0"), (W, "parameter_unused", "/parameters/$manufacturing_ksic/id")),
    ('d["eligibility"][1].update(values=["C10999"], revision=10)', (E, "code_unknown", "/eligibility/1/values/0"), (W, "parameter_unused", "/parameters/$manufacturing_ksic/id")),
    ('d["eligibility"][2]["values"] = ["큰기업"]', (E, "size_unknown", "/eligibility/2/values/0"), (W, "parameter_unused", "/parameters/$sizes/id")),
    ('d["eligibility"][0]["values"] = ["아틀란티스"]', (W, "region_unknown", "/eligibility/0/values/0")),
    # ---- kinds, tracks, modules, stages after publication, partners, variety, money, years, law ----
    ('d["pool"] = {"kinds": ["dragon"], "source": "test"}', (E, FORM, "/pool/kinds/0")),
    ('d["pool"] = {"kinds": [], "source": "test"}', (E, FORM, "/pool/kinds")),
    ('d["pool"] = {"kinds": ["expert", "expert"], "source": "test"}', (E, FORM, "/pool/kinds/1")),
    ('d["consent"]["third_parties"][0]["kinds"] = ["dragon"]', (E, FORM, "/consent/third_parties/0/kinds/0")),
    ('d["tracks"] = [dict(PART, id="a"), dict(PART, id="a")]', (E, FORM, "/tracks/1/id")),
    ('d["tracks"] = [dict(PART, id="a", quota=5), dict(PART, id="b", quota=5)]', (E, FORM, "/tracks")),
    ('d["module"] = "wizardry"', (E, FORM, "/module")),
    ('d["requires"] = [{"module": "wizardry", "before": "propose", "source": "test"}]', (E, FORM, "/requires/0/module")),
    ('d["requires"] = [{"module": "diagnosis", "before": "breakfast", "source": "test"}]', (E, FORM, "/requires/0/before")),
    ('d["fulfilment"] = [dict(PART, id="a", kind="use"), dict(PART, id="b", kind="report")]', (E, FORM, "/fulfilment/0/kind")),
    ('d["fulfilment"] = [dict(PART, id="a", kind="agreement"), dict(PART, id="a", kind="use")]', (E, FORM, "/fulfilment/1/id")),
    ('d["fulfilment"] = [dict(PART, id="a", kind="agreement"), dict(PART, id="b", kind="settlement"), dict(PART, id="c", kind="use")]', (E, FORM, "/fulfilment/1/kind")),
    ('d["partners"] = [dict(PART, role="wizard")]', (E, FORM, "/partners/0/role")),
    ('d["partners"] = [dict(PART, role="university")] * 2', (E, FORM, "/partners/1/title")),
    ('d["assignment"]["variety"] = {"supplier_field": "/region", "max": 2, "source": "test"}', (E, FORM, "/assignment/variety/max")),
    ('d["assignment"].update(variety={"supplier_field": "/region", "max": 1, "source": "test"}, method="stable")', (E, FORM, "/assignment/method")),
    ('d["assignment"]["variety"] = {"supplier_field": "region", "max": 1, "source": "test"}', (E, FORM, "/assignment/variety/supplier_field")),
    ('d["assignment"]["variety"] = {"supplier_field": "/colour", "max": 1, "source": "test"}', (E, "field_unknown", "/assignment/variety/supplier_field")),
    ('d["funding"] = {"rules": [{"id": "money", "test": "in", "field": "/firm/size", "values": ["큰기업"], "reason": d["eligibility"][2]["reason"], "source": "test"}], "source": "test"}',
     (E, "size_unknown", "/funding/rules/0/values/0")),
    ('d["funding"] = {"rules": []}', (E, FORM, "/funding/source")),
    ('d["targets"][0]["years"]["2025"] = 9999', (E, FORM, "/targets/0/years")),
    ('d["targets"][0]["years"]["soon"] = 1', (E, FORM, "/targets/0/years/soon")),
    ('d["budget"]["years"] = {"2025": 2000000000}', (E, FORM, "/budget/years")),
    ('d["eligibility"][0]["values"] = {"jurisdiction": "nothing"}', (E, FORM, "/eligibility/0/values/jurisdiction")),
    ('d["eligibility"].append({"id": "sme", "test": "belongs_to", "union": "nothing", "reference": "/applied", "reason": PART["title"], "source": "test"})', (E, FORM, "/eligibility/7/union")),
]


def resolve(pointer, changed):
    """"$name" in a pointer is the place of the parameter of that name, "$last" the last one, "$end" the last source."""
    def place(match):
        if match[1] == "last":
            return str(len(changed["parameters"]) - 1)
        if match[1] == "end":
            return str(len(changed["sources"]) - 1)
        return str([p.get("id") for p in changed["parameters"]].index(match[1]))
    return re.sub(r"\$(\w+)", place, pointer)


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    base = json.loads((root / "tests/data/program_base.json").read_text(encoding="utf-8"))
    files, wanted = [base], [set()]
    for change, *mistakes in TABLE:
        d = copy.deepcopy(base)
        exec(change, {"d": d, "PART": PART})
        files.append(d)
        wanted.append({(severity, kind, resolve(pointer, d)) for severity, kind, pointer in mistakes})
    lines = "".join(json.dumps({"op": "program", "action": "check", "text": json.dumps(f, ensure_ascii=False), "name": f'{f.get("id")}.json'}) + "\n" for f in files)
    run = subprocess.run([program, "--data", str(root / "data"), "call"], input=lines, capture_output=True, text=True, encoding="utf-8", check=False)
    replies = [json.loads(line) for line in run.stdout.splitlines()]
    faults, kinds = [], set()
    if len(replies) != len(files):
        faults.append(f"{len(replies)} replies to {len(files)} requests: {run.stderr[:500]}")
    for n, reply in enumerate(replies):
        name = TABLE[n - 1][0] if n else "the base as it stands"
        found = reply["result"]["mistakes"] if "result" in reply else reply["problem"].get("mistakes", [])
        got = {(m["severity"], m["kind"], m["pointer"]) for m in found}
        if got != wanted[n]:
            faults.append(f"{name}\n    not found: {sorted(wanted[n] - got)}\n    not expected: {sorted(got - wanted[n])}")
        errors = [m for m in found if m["severity"] == "error"]
        if ("problem" in reply) != bool(errors):
            faults.append(f"{name}: {'refused without an error' if not errors else 'an error is not refused'}")
        if "problem" in reply and errors and reply["problem"]["pointer"] != errors[0]["pointer"]:
            faults.append(f"{name}: the problem is not the first error")
        for m in found:
            text = m["text"]
            if not re.search("[가-힣]", text["ko"]) or not re.search("[a-z]", text["en"]) or text["ko"] == text["en"]:
                faults.append(f"{name}: no sentence in both languages: {text}")
            kinds.add((m["kind"], m["text"]["en"]) if m["kind"] == FORM else (m["kind"], ""))
    if faults:
        print("\n".join(faults))
        return 1
    print(f"{len(kinds)} kinds of mistake in {len(TABLE)} wrong files, each at its place and in both languages")
    return 0


sys.exit(main())
