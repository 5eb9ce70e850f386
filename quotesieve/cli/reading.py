"""The commands that read what was published: verify, explain, show, query, changes, report.

They change no row; changes and report write a file of their own.
"""

import argparse
from dataclasses import asdict
from pathlib import Path

from quotesieve import logs
from quotesieve.cli.options import Commands, command_on_clean, json_flag, log_flag
from quotesieve.cli.output import print_json, print_json_lines


def add_verify(commands: Commands) -> None:
    """`quotesieve verify`."""
    made = command_on_clean(
        commands,
        "verify",
        _verify,
        "Prove that the current snapshot is what it says",
        "quotesieve verify data/clean",
    )
    json_flag(made, "print the findings for machines")


def _verify(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.verify import verify

    with console.progress(quiet=options.json) as progress:
        found = verify(options.clean, progress)
    if options.json:
        findings = [{"law": f.law, "where": f.where, "detail": f.detail} for f in found.findings]
        print_json({"snapshot": found.snapshot, "checked": dict(found.checked), "findings": findings})
    else:
        console.print_verification(found)
    return 0 if found.ok else 4


def add_explain(commands: Commands) -> None:
    """`quotesieve explain`."""
    made = command_on_clean(
        commands,
        "explain",
        _explain,
        "Print an article with each line's role or reason",
        "quotesieve explain data/clean outlet=harbourpost.example/2026-03-12-ardley-beds.txt",
    )
    made.add_argument(
        "article", metavar="ARTICLE", help="id or its first digits, address, or raw path[#record]"
    )
    json_flag(made, "print it for machines")


def _explain(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import explain

    found = explain(options.clean, options.article)
    if options.json:
        repeated = {number: {"stories": n, "of": of} for number, (n, of) in found.repeated.items()}
        print_json(
            {"article": found.article, "lines": found.lines, "quotes": found.quotes, "repeated": repeated}
        )
    else:
        console.print_explanation(found)
    return 0


def add_show(commands: Commands) -> None:
    """`quotesieve show`."""
    made = command_on_clean(
        commands,
        "show",
        _show,
        "Print a passage with its printings, word by word beside it; or a speaker",
        "quotesieve show data/clean 3f2a",
    )
    made.add_argument(
        "id",
        metavar="ID",
        help="id of a passage or speaker, or its first digits; mention id; speaker's name",
    )
    json_flag(made, "print it for machines")


def _show(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import Portrait, show

    found = show(options.clean, options.id)
    if isinstance(found, Portrait):
        if options.json:
            print_json({"speaker": found.speaker, "passages": found.passages})
        else:
            console.print_portrait(found)
        return 0
    if options.json:
        print_json({"passage": found.passage, "mentions": found.mentions, "near_misses": found.near_misses})
    else:
        console.print_showing(found)
    return 0


def add_query(commands: Commands) -> None:
    """`quotesieve query`."""
    made = command_on_clean(
        commands,
        "query",
        _query,
        "Print rows of a table",
        "quotesieve query data/clean passages --where \"speaker LIKE '%Bell'\" --limit 5",
    )
    made.add_argument("table", metavar="TABLE", help="passages, mentions, articles, lines ...")
    made.add_argument("--where", metavar="SQL", help="an SQL condition on the table's columns")
    made.add_argument("--limit", metavar="N", type=int, help="at most so many rows")
    json_flag(made, "one JSON object a line")


def _query(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import query

    rows = query(options.clean, options.table, where=options.where, limit=options.limit)
    if options.json:
        print_json_lines(rows)
    else:
        console.print_rows(options.table, rows)
    return 0


def add_changes(commands: Commands) -> None:
    """`quotesieve changes`."""
    made = command_on_clean(
        commands,
        "changes",
        _changes,
        "Count, and write, the passages that differ between two snapshots",
        "quotesieve changes data/clean previous current --out changes.parquet",
    )
    states = "id or its beginning, previous, current, or a saved current.json"
    made.add_argument("old", metavar="FROM", nargs="?", default="previous", help=states)
    made.add_argument("new", metavar="TO", nargs="?", default="current", help="as FROM (default: current)")
    made.add_argument("--out", metavar="FILE", type=Path, help="write the rows as Parquet, not in CLEAN")
    json_flag(made, "print the counts for machines")
    log_flag(made)


def _changes(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.changes import changes

    found = changes(options.clean, options.old, options.new, out=options.out)
    logs.event("compared", **asdict(found))
    if options.json:
        print_json(asdict(found))
    elif options.log_format == "text":
        console.print_changes(found)
    return 0


def add_report(commands: Commands) -> None:
    """`quotesieve report`."""
    made = command_on_clean(
        commands,
        "report",
        _report,
        "Write the HTML report of the current snapshot: one file, to be opened from disk",
        "quotesieve report data/clean",
    )
    made.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="where to (default: CLEAN/reports/<run id>.html, with CLEAN/report.html as the newest)",
    )


def _report(options: argparse.Namespace) -> int:
    from quotesieve.report import write_report

    print(write_report(options.clean, options.out))
    return 0
