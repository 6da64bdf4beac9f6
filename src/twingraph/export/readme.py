"""The reference of the tables, for the README.md beside them and for docs/tables.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.export.schema import TABLES, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from twingraph.export.schema import Table

READING: Final = """\
Where there is Parquet, read that: it is typed, and small.

```sql
-- DuckDB
SELECT name, last_active FROM 'institutions.parquet' WHERE last_active >= 1999 ORDER BY name;
```

```python
import pandas as pd

pd.read_parquet("institutions.parquet", dtype_backend="numpy_nullable")
```

```python
import polars as pl

pl.scan_parquet("institutions.parquet").filter(pl.col("last_active") >= 1999).collect()
```

```r
arrow::read_parquet("institutions.parquet")
```

The CSV is UTF-8 with a header, as RFC 4180 has it; an absent value is empty. pandas and R take the
text `NA` (the country code of Namibia) for an absent value unless they are told:

```python
pd.read_csv("municipalities.csv", keep_default_na=False, na_values=[""])
```

```r
read.csv("municipalities.csv", na.strings = "", encoding = "UTF-8")
```

A cell holds one value. Where sources state several forms or venues, it is the first by spelling;
the graph has them all. Times and names are all here, in `dates` and `names`.

Texts are as they were published. Before a spreadsheet opens them, mind that it may take one that
begins with `=`, `+`, `-` or `@` for a formula.
"""


def write_readme(folder: Path, rows: Mapping[str, int]) -> None:
    """Write README.md: how the tables are read, and what stands in each."""
    text = f"# Tables\n\nWritten by `twingraph export --tables`.\n\n{READING}\n{reference(rows)}"
    (folder / "README.md").write_text(text, encoding="utf-8")


def reference(rows: Mapping[str, int] | None = None) -> str:
    """What stands in each table and column, as Markdown; with `rows`, how many rows there are."""
    return "\n".join(line for table in TABLES for line in _section(table, rows))


def _section(table: Table, rows: Mapping[str, int] | None) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield table.description
    yield f"Key: {', '.join(f'`{name}`' for name in table.key)}."
    if rows is not None:
        yield f"Rows: {rows[table.name]:,}."
    yield ""
    yield "| column | type | is |"
    yield "|---|---|---|"
    for column in table.columns:
        refers = f" In `{column.refers}`." if column.refers else ""
        yield f"| `{column.name}` | {TYPES[column.type]} | {column.description}{refers} |"
    yield ""
