"""A table's CSV -> the same table as Parquet. The only module that imports pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from twingraph.export.schema import Column, Table

_BLOCK: Final = 16 * 2**20  # bytes of CSV in a row group
_LEVEL: Final = 3


def write_parquet(table: Table, source: Path, target: Path) -> None:
    """Write a table's CSV as Parquet: columns typed as declared, zstd, dictionaries of IRIs.

    It streams: memory holds a few row groups. The first column ascends within and over the groups.
    """
    from pyarrow import csv, parquet

    schema = _schema(table)
    reader = csv.open_csv(
        source,
        csv.ReadOptions(block_size=_BLOCK),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    with (
        reader,
        parquet.ParquetWriter(
            target, schema, compression="zstd", compression_level=_LEVEL, version="2.6"
        ) as writer,
    ):
        for batch in reader:
            writer.write_batch(batch.cast(schema))


def _schema(table: Table) -> pa.Schema:
    """The table's columns, each with its description."""
    import pyarrow as pa

    return pa.schema(
        [_field(column, is_key=column.name in table.key) for column in table.columns],
        metadata={"description": table.description},
    )


def _field(column: Column, *, is_key: bool) -> pa.Field:
    import pyarrow as pa

    types = {
        "iri": pa.string(),
        "text": pa.string(),
        "year": pa.int32(),
        "integer": pa.int32(),
        "decimal": pa.float64(),
        "flag": pa.bool_(),
    }
    return pa.field(
        column.name,
        types[column.type],
        nullable=not is_key and column.type != "flag",
        metadata={"description": column.description},
    )
