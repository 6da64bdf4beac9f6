"""The headline questions in SQL: DuckDB over the exported Parquet tables, row for row as `ask`.

    twingraph export --tables tables && python -m benchmarks.tables_sql tables [--json]

What a column store takes for them is the bound for any engine that scans the activities.
`institutions-since` and its sister stand here twice: by the years that the graph keeps of each
institution, as the catalogue asks, and by a scan of all activities, which gives the same rows.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS: Final = 5
_SINCE: Final = {"since": 1999}

# An institution's dated activities, as tg:datedActivities and its sisters count them: a series that
# has its years from its editions is left out, for they have them.
_SCAN: Final = """
WITH taking_part AS (SELECT DISTINCT activity, institution FROM participations),
dated AS (
  SELECT
    activity,
    min(year) FILTER (WHERE certainty = 'certain') AS first_year,
    max(year) FILTER (WHERE certainty = 'certain') AS last_year
  FROM years
  GROUP BY activity
)
SELECT
  institution,
  institutions.name AS name,
  count(*) AS activities,
  min(first_year) AS firstYear,
  max(last_year) AS lastYear
FROM taking_part
JOIN dated USING (activity)
JOIN activities USING (activity)
JOIN institutions USING (institution)
WHERE NOT (
  is_series
  AND coalesce(earliest_start, latest_start, earliest_end, latest_end) IS NULL
)
GROUP BY institution, institutions.name
HAVING {since} >= $since
ORDER BY count(*) DESC, lower(institutions.name), institution
"""
_KEPT: Final = """
SELECT
  institution,
  name,
  dated_activities AS activities,
  first_active AS firstYear,
  last_active AS lastYear
FROM institutions
WHERE {since} >= $since
ORDER BY dated_activities DESC, lower(name), institution
"""
_DECADES: Final = """
WITH decades AS (
  SELECT DISTINCT activity, CAST(floor(year / 10) * 10 AS INTEGER) AS decade
  FROM years
  WHERE certainty = 'certain'
),
by_editions AS (
  SELECT series AS activity, decade FROM editions JOIN decades USING (activity)
)
SELECT decade, count(*) AS activities
FROM decades ANTI JOIN by_editions USING (activity, decade)
GROUP BY decade
ORDER BY decade
"""
_PAIRS: Final = """
WITH exchanging AS (
  SELECT DISTINCT activity, institution
  FROM participations
  WHERE role IN ('organizer', 'participant', 'host')
),
pairs AS (
  SELECT one.activity, one.institution, two.institution AS other
  FROM exchanging AS one
  JOIN exchanging AS two ON one.activity = two.activity AND one.institution < two.institution
  JOIN activities ON activities.activity = one.activity
  WHERE NOT is_planned
),
by_editions AS (
  SELECT series AS activity, one.institution, two.institution AS other
  FROM editions
  JOIN participations AS one ON one.activity = editions.activity
  JOIN participations AS two ON two.activity = editions.activity
)
SELECT
  pairs.institution,
  here.name AS name,
  pairs.other,
  there.name AS otherName,
  count(*) AS activities
FROM pairs
ANTI JOIN by_editions
  ON pairs.activity = by_editions.activity
  AND pairs.institution = by_editions.institution
  AND pairs.other = by_editions.other
JOIN institutions AS here ON here.institution = pairs.institution
JOIN institutions AS there ON there.institution = pairs.other
WHERE here.based_in <> there.based_in
GROUP BY pairs.institution, here.name, pairs.other, there.name
ORDER BY count(*) DESC, lower(here.name), lower(there.name), pairs.institution, pairs.other
"""

# Question of the catalogue -> its SQL texts by how they go about it, and its parameters.
QUESTIONS: Final[dict[str, tuple[dict[str, str], dict[str, int]]]] = {
    "institutions-since": (
        {"kept": _KEPT.format(since="last_active"), "scan": _SCAN.format(since="max(last_year)")},
        _SINCE,
    ),
    "institutions-started-since": (
        {
            "kept": _KEPT.format(since="last_started"),
            "scan": _SCAN.format(since="max(earliest_start)"),
        },
        _SINCE,
    ),
    "activities-by-decade": ({"scan": _DECADES}, {}),
    "institution-pairs": ({"scan": _PAIRS}, {}),
}


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory, with a view of each Parquet table in the folder."""
    connection = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        quoted = str(path).replace("'", "''")
        connection.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet('{quoted}')")
    return connection


def run_sql(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, int]
) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    """The columns and the rows of a question."""
    result = connection.execute(sql, parameters)
    return [column[0] for column in result.description or ()], result.fetchall()


def measure(folder: Path) -> dict[str, float]:
    """The median time of each text in milliseconds, rows fetched, over some runs."""
    figures = {}
    with open_tables(folder) as connection:
        for question, (texts, parameters) in QUESTIONS.items():
            for way, sql in texts.items():
                times = []
                for _ in range(RUNS):
                    started = time.perf_counter()
                    run_sql(connection, sql, parameters)
                    times.append((time.perf_counter() - started) * 1000)
                figures[f"{question}, {way}"] = statistics.median(times)
    return figures


def main() -> None:
    """Print the figures, as a table or as JSON."""
    figures = measure(Path(sys.argv[1]))
    if "--json" in sys.argv[2:]:
        print(json.dumps(figures, indent=2))
        return
    for name, milliseconds in figures.items():
        print(f"{name:40} {milliseconds:9.1f} ms")


if __name__ == "__main__":
    main()
