"""The peer: the example of CDEK's own page, in a loop over a file of questions."""

import json
import sys

import requests

url, questions = sys.argv[1:3]
headers = {"CDEK-Developer-Key": "bench-key"}
with open(questions, encoding="utf-8") as lines:
    for line in lines:
        answer = requests.post(url, json=json.loads(line), headers=headers).json()
        assert answer["status_code"] == "OK", answer
