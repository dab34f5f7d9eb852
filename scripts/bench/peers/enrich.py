"""The peer: a plain script with csv and sqlite3 that adds the answers of a table to every row of a file."""

import csv
import re
import sqlite3
import sys
import unicodedata

COLUMNS = (
    "status message verdict cod_flag order_error payment_limit city_code city_name city_uuid region region_code "
    "region_code_ext sub_region country_code fias_guid fias_name fias_prefix fias_level region_fias_guid kladr "
    "latitude longitude timezone possible_cities source confidence runner_up"
).split()
GAPS = re.compile(r"[\W_]+")


def canonical(address):
    return GAPS.sub(" ", unicodedata.normalize("NFKC", address).lower()).strip()


def with_amount(answer, cod):
    """The answer for an amount: the table has the answer without one."""
    limit = answer[5]
    if cod and limit not in ("", "-1") and float(cod) > float(limit):
        return ("COD_LIMIT_EXCEEDED", "COD limit exceeded", "reject", *answer[3:])
    return answer


def enrich(source, target, database):
    answers = sqlite3.connect(database)
    select = f"SELECT {', '.join(COLUMNS)} FROM answers WHERE postcode = ? AND address = ?"
    missing = 0
    with open(source, encoding="utf-8", newline="") as read, open(target, "w", encoding="utf-8", newline="") as write:
        reader = csv.reader(read)
        writer = csv.writer(write, lineterminator="\n")
        header = next(reader)
        postcode, address, cod = (header.index(name) for name in ("postcode", "address", "cod"))
        writer.writerow(header + [f"cdek_{name}" for name in COLUMNS])
        for row in reader:
            answer = answers.execute(select, (row[postcode], canonical(row[address]))).fetchone()
            if answer is None:
                missing += 1
                answer = ("",) * len(COLUMNS)
            writer.writerow(row + list(with_amount(answer, row[cod])))
    return missing


if __name__ == "__main__":
    sys.exit("there are questions without an answer" if enrich(*sys.argv[1:4]) else 0)
