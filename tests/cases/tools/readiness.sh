# SPDX-License-Identifier: Apache-2.0
# readiness FOLDER 'PYTHON on d': a data folder whose ai-manufacturing has one criterion, the readiness score, so that rubric points can be written down by hand.
readiness() {
    damage "$1" programs/ai-manufacturing.json 'd["features"] = [f for f in d["features"] if f["id"] == "readiness"]
d["criteria"] = [{"id": "readiness", "title": {"ko": "준비", "en": "readiness"}, "points": 100, "fit": True, "features": [{"feature": "readiness", "weight": 1, "missing": 0}], "source": "test"}]
p = {one["id"]: one for one in d["parameters"]}
s = d["selection"]
'"$2"
}
