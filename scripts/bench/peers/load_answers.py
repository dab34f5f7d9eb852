"""Makes the table of enrich.py from a file that gorod has enriched: one row per question, the amount left out."""

import csv
import os
import sqlite3
import sys

from enrich import COLUMNS, canonical


def load(enriched, database):
    if os.path.exists(database):
        os.remove(database)
    answers = sqlite3.connect(database)
    answers.execute(
        f"CREATE TABLE answers (postcode TEXT, address TEXT, {' TEXT, '.join(COLUMNS)} TEXT, "
        "PRIMARY KEY (postcode, address)) WITHOUT ROWID"
    )
    marks = ", ".join("?" * (len(COLUMNS) + 2))
    with open(enriched, encoding="utf-8", newline="") as read, answers:
        for row in csv.DictReader(read):
            if row["cdek_status"] == "COD_LIMIT_EXCEEDED":
                row.update(cdek_status="OK", cdek_message="CDEK city detected", cdek_verdict="accept", cdek_cod_flag="")
            row["cdek_source"] = "cache"
            values = [row[f"cdek_{name}"] for name in COLUMNS]
            question = (row["postcode"], canonical(row["address"]))
            answers.execute(f"INSERT OR IGNORE INTO answers VALUES ({marks})", (*question, *values))


if __name__ == "__main__":
    load(*sys.argv[1:3])
