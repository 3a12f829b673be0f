"""Nine measures with every breakdown from tables in memory: ours, or pandas on the same tables.

    same_measures.py ours|pandas|every COUNCIL FIGURES

Prints the CPU seconds of the counting alone, and writes the figures of the whole council to FIGURES
as JSON. `every` counts the whole catalogue.
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from selfassess.measuring.run import measure_evidence
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace
from selfassess.workspace.files import read_settings

IDS = (
    "thresholds.re-referral-12m",
    "thresholds.assessment-nfa",
    "timeliness.child-seen-in-assessment",
    "timeliness.assessment-days",
    "timeliness.assessment-open-over-45wd",
    "timeliness.recording-delay-days",
    "care.placements-3plus",
    "care.missing-episodes",
    "care.placed-out-of-area",
)

side, council, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
workspace = load_workspace(council)
toolkit = Toolkit.for_workspace(workspace)
evidence = toolkit.read(workspace)
settings = read_settings(workspace, toolkit.library)


def ours(library, read):
    """Our readings: the whole and every breakdown."""
    found = measure_evidence(library, read, settings)
    return {r.measure: r.value for r in found.readings if not r.where}, len(found.readings)


def in_pandas():
    """The same shares, counts and medians, whole and by each label."""
    import numpy as np
    import pandas as pd

    frames = {}
    for name in ("referrals", "assessments", "visits", "care"):
        columns = [*evidence.tables[name].spec.columns]
        rows = evidence.warehouse.query(
            f"SELECT {', '.join(chr(34) + c.name + chr(34) for c in columns)} FROM {name}"
        )
        frame = pd.DataFrame(rows, columns=[c.name for c in columns])
        for c in columns:
            if c.type in ("date", "datetime"):
                frame[c.name] = pd.to_datetime(frame[c.name])
        frames[name] = frame
    text = (Path(__file__).parents[2] / "selfassess/evidence/bank_holidays.csv").read_text()
    holidays = [line[:10] for line in text.splitlines() if line[:4].isdigit()]
    as_at = pd.Timestamp(evidence.as_at)
    half, year = as_at + pd.offsets.MonthEnd(-6), as_at + pd.offsets.MonthEnd(-12)
    began = time.process_time()

    def worked(start, end):
        day = pd.Timedelta(days=1)
        first = (start + day).to_numpy("datetime64[D]")
        last = (
            (end + day).to_numpy("datetime64[D]")
            if hasattr(end, "dt")
            else np.datetime64((end + day).date())
        )
        return pd.Series(np.busday_count(first, last, holidays=holidays), index=start.index)

    def quarter(day):
        months = day.dt.year * 12 + day.dt.month - 4
        first = months // 12
        return (
            first.astype("Int64").astype(str)
            + "-"
            + ((first + 1) % 100).astype("Int64").astype(str).str.zfill(2)
            + " Q"
            + (months % 12 // 3 + 1).astype("Int64").astype(str)
        )

    figures, parts = {}, 0

    def share(name, rows, met, by):
        nonlocal parts
        figures[name] = 100 * met.sum() / len(rows) if len(rows) else None
        for label in by:
            parts += len(met.groupby(label.fillna("not-recorded")).agg(["sum", "size"]))

    def median(name, rows, value, by):
        nonlocal parts
        figures[name] = value.median()
        for label in by:
            parts += len(value.groupby(label.fillna("not-recorded")).agg(["median", "size"]))

    referrals = frames["referrals"].sort_values(["child_id", "referral_date"])
    before = referrals.groupby("child_id")["referral_date"].shift()
    recent = referrals["referral_date"].gt(year) & referrals["referral_date"].le(as_at)
    again = (referrals["referral_date"] - before).dt.days.le(365)[recent]
    rows = referrals[recent]
    labels = (rows["referral_source"], rows["team"], quarter(rows["referral_date"]))
    share(IDS[0], rows, again, labels)

    assessments = frames["assessments"]
    done = assessments["authorised_date"].gt(half) & assessments["authorised_date"].le(as_at)
    for name, column, wanted in ((IDS[1], "requires_support", "no"), (IDS[2], "seen", "yes")):
        rows = assessments[done & assessments[column].isin(["yes", "no"])]
        labels = (rows["team"], quarter(rows["authorised_date"]))
        share(name, rows, rows[column].eq(wanted), labels)
    rows = assessments[done & assessments["authorised_date"].ge(assessments["start_date"])]
    taken = worked(rows["start_date"], rows["authorised_date"])
    median(IDS[3], rows, taken, (rows["team"], quarter(rows["authorised_date"])))
    still = assessments["authorised_date"].isna() & assessments["start_date"].le(as_at)
    rows = assessments[still]
    late = rows[worked(rows["start_date"], as_at).gt(45)]
    figures[IDS[4]] = len(late)
    parts += len(late.groupby(late["team"].fillna("not-recorded")).size())

    visits = frames["visits"]
    rows = visits[visits["recorded"].gt(half) & visits["recorded"].le(as_at)]
    rows = rows[rows["recorded"].ge(rows["date"])]
    delay = worked(rows["date"], rows["recorded"])
    median(IDS[5], rows, delay, (rows["kind"], quarter(rows["recorded"])))

    care = frames["care"]
    care = care[care["end_date"].isna() | care["end_date"].gt(as_at)]
    for name, column, test in (
        (IDS[6], "placements_last_12m", lambda c: c.ge(3)),
        (IDS[7], "missing_last_12m", lambda c: c.ge(1)),
        (IDS[8], "placement_location", lambda c: c.eq("out")),
    ):
        known = care[column].isin(["in", "out"]) if name == IDS[8] else care[column].notna()
        rows = care[known]
        share(name, rows, test(rows[column]), (rows["team"],))
    return figures, parts + len(IDS), time.process_time() - began


if side == "pandas":
    figures, count, seconds = in_pandas()
else:
    library, read = toolkit.library, evidence
    if side == "ours":
        chosen = {name: library.measures[name] for name in IDS}
        library = replace(library, measures=chosen, quality={})
        read = replace(evidence, published=())
    started = time.process_time()
    figures, count = ours(library, read)
    seconds = time.process_time() - started
known = {name: None if figures[name] is None else float(figures[name]) for name in IDS}
target.write_text(json.dumps({"readings": count, "figures": known}), encoding="utf-8")
print(seconds)
