# SPDX-License-Identifier: Apache-2.0
"""What show says of a curve (show.tmp): the ends and the middle lie on it."""
import json

reply = json.load(open("show.tmp", encoding="utf-8"))
worst = 0
for feature in reply["features"]:
    points = feature["points"]
    for at, told in zip((0, 0.5, 1), feature["adds"]):
        piece = max(0, min(len(points) - 2, sum(point[0] <= at for point in points) - 1))
        (a, low), (b, high) = points[piece], points[piece + 1]
        worst = max(worst, abs(low + (at - a) * (high - low) / (b - a) - told))
print(len(reply["features"]), "curves,", "on them to 1e-9" if worst < 1e-9 else f"off by {worst}", reply["features"][0]["title"]["en"])
