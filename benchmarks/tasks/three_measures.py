"""Three of our measures as an analyst's script counts them: pandas over openpyxl.

Prints them as JSON. Only the lists that they need are read: 3 for re-referrals, 4 for assessments,
and 4, 6, 7 and 8 with workers.csv for the average caseload.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

evidence, as_at = Path(sys.argv[1]), pd.Timestamp(sys.argv[2])
holidays = [line.strip() for line in Path(sys.argv[3]).read_text(encoding="utf-8").splitlines()]
holidays = [line[:10] for line in holidays if line[:4].isdigit()]

names = ["List 3", "List 4", "List 6", "List 7", "List 8"]
heads = {"List 4": 1, "List 8": 1}
with pd.ExcelFile(evidence / "annex-a.xlsx", engine="openpyxl") as book:
    sheets = {name: pd.read_excel(book, name, header=heads.get(name, 0)) for name in names}


def dates(column):
    """Real dates, and those typed as text."""
    typed = pd.to_datetime(column, format="%d/%m/%Y", errors="coerce")
    real = pd.to_datetime(column.where(column.map(lambda cell: not isinstance(cell, str))))
    return real.fillna(typed)


# Referrals within 12 months of an earlier one, looking back over the list.
referrals = sheets["List 3"]
referrals["day"] = dates(referrals["Date of referral"])
referrals = referrals.sort_values(["Child Unique ID", "day"])
before = referrals.groupby("Child Unique ID")["day"].shift()
recent = referrals["day"] > as_at + pd.offsets.MonthEnd(-12)
again = (referrals["day"] - before).dt.days <= 365
re_referral = 100 * (again & recent).sum() / recent.sum()

# Assessments due in the last six months that were authorised within 45 working days of their start;
# those open past it count as failed, those not yet due are left out.
assessments = sheets["List 4"]
start = dates(assessments["Continuous Assessment Start Date"])
end = dates(assessments["Continuous Assessment Date of Authorisation"])
days = pd.Series(
    np.busday_count(
        (start + pd.Timedelta(days=1)).values.astype("datetime64[D]"),
        (end.fillna(as_at) + pd.Timedelta(days=1)).values.astype("datetime64[D]"),
        holidays=holidays,
    ),
    index=assessments.index,
)
done = end > as_at + pd.offsets.MonthEnd(-6)
overdue = end.isna() & (days > 45)
in_time = 100 * (done & (days <= 45)).sum() / (done | overdue).sum()

# Children per full-time worker who holds at least one.
ends = {
    "List 4": "Continuous Assessment Date of Authorisation",
    "List 6": "CIN Closure Date",
    "List 7": "Child Protection Plan End Date",
    "List 8": "Date Ceased to be Looked After",
}
open_rows = pd.concat(
    frame.loc[dates(frame[column]).isna(), ["Child Unique ID", "Allocated Worker"]]
    for frame, column in ((sheets[name], column) for name, column in ends.items())
)
workers = pd.read_csv(evidence / "workers.csv").set_index("worker")["fte"]
held = open_rows[open_rows["Allocated Worker"].isin(workers.index)]
held = held.drop_duplicates("Child Unique ID").groupby("Allocated Worker").size()
average = held.sum() / workers[held.index].sum()

print(
    json.dumps(
        {
            "thresholds.re-referral-12m": round(float(re_referral), 2),
            "timeliness.assessment-45wd": round(float(in_time), 2),
            "caseloads.average": round(float(average), 2),
        }
    )
)
