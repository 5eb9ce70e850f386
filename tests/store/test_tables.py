"""The declarations are sound: keys, references and codes exist, and all of it is described."""

import pytest

from quotesieve.store.tables import TABLES, Table, data_dictionary, datapackage


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_declarations_are_sound(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) | set(table.lookup) <= set(names)
    assert all(column.doc and not column.doc.endswith(".") for column in table.columns)
    assert all(name == name.lower() for name in names)
    for own, other, its in table.references:
        assert own in names
        assert its in [column.name for column in TABLES[other].columns]


def test_dictionary_and_package_name_every_column() -> None:
    text, package = data_dictionary(), datapackage()
    described = {(r["name"], f["name"]) for r in package["resources"] for f in r["schema"]["fields"]}
    for table in TABLES.values():
        for column in table.columns:
            assert f"| `{column.name}` |" in text
            assert (table.name, column.name) in described
