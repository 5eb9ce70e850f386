"""The commands that carry out what a person decided.

quarantine, publish and discard: about what the quality gate held back or refused. forget: about an
article that has to go.
"""

import argparse
from dataclasses import asdict

from quotesieve import logs
from quotesieve.cli.options import (
    Commands,
    command_on_clean,
    json_flag,
    load_settings,
    log_flag,
    settings_flags,
)
from quotesieve.cli.output import print_json, print_json_lines
from quotesieve.errors import SettingsError


def add_quarantine(commands: Commands) -> None:
    """`quotesieve quarantine`."""
    made = command_on_clean(
        commands,
        "quarantine",
        _quarantine,
        "List what the quality gate holds back; release or discard it",
        "quotesieve quarantine data/clean --release harbourpost.example",
    )
    what = made.add_mutually_exclusive_group()
    name = "OUTLET|ARTICLE"
    what.add_argument("--release", metavar=name, help="let the next run publish it (article: id or raw path)")
    what.add_argument("--discard", metavar=name, help="leave it out until its file changes")
    made.add_argument(
        "--accept",
        action="store_true",
        help="with --release OUTLET: what it is like now is usual from now on",
    )
    json_flag(made, "one JSON object a line")


def _quarantine(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline import refused

    if options.accept and not options.release:
        raise SettingsError("--accept goes with --release OUTLET")
    name = options.release or options.discard
    if name is None:
        held = refused.list_held(options.clean)
    else:
        state = "released" if options.release else "discarded"
        held = refused.decide(options.clean, name, state, accept=options.accept)
    if options.json:
        print_json_lines(asdict(one) for one in held)
    else:
        console.print_quarantine(held, decided=name is not None)
    return 0


def add_publish(commands: Commands) -> None:
    """`quotesieve publish`."""
    made = command_on_clean(
        commands,
        "publish",
        _publish,
        "Publish the snapshot that the quality gate refused",
        "quotesieve publish data/clean --anyway",
    )
    made.add_argument("--anyway", action="store_true", required=True, help="in spite of its findings")
    made.add_argument("--accept", action="store_true", help="what it is like is usual from now on")


def _publish(options: argparse.Namespace) -> int:
    from quotesieve.pipeline import refused
    from quotesieve.report import write_report

    published = refused.publish_anyway(options.clean, accept=options.accept)
    write_report(options.clean)
    print(f"Published snapshot {published.id}, which the gate had refused.")
    return 0


def add_discard(commands: Commands) -> None:
    """`quotesieve discard`."""
    made = command_on_clean(
        commands,
        "discard",
        _discard,
        "Throw away the snapshot that the quality gate refused",
        "quotesieve discard data/clean",
    )
    made.add_argument(
        "--articles",
        action="store_true",
        help="leave its new articles out for good, until their files change",
    )


def _discard(options: argparse.Namespace) -> int:
    from quotesieve.pipeline import refused

    name, out = refused.discard(options.clean, articles=options.articles)
    stay = (
        f"{out} articles stay out until their files change."
        if options.articles
        else "The next run plans anew."
    )
    print(f"Discarded the refused snapshot {name}. {stay}")
    return 0


def add_forget(commands: Commands) -> None:
    """`quotesieve forget`."""
    made = command_on_clean(
        commands,
        "forget",
        _forget,
        "Take an article out of CLEAN for good; its raw file may stay",
        "quotesieve forget data/clean https://harbourpost.example/science/kestrel-lake --dry-run",
    )
    made.add_argument(
        "article", metavar="ARTICLE", help="address, id or its first 6 digits, or raw path[#record]"
    )
    made.add_argument("--dry-run", action="store_true", help="say what would go; change nothing")
    made.add_argument("--ahead", action="store_true", help="keep out an address that is not there yet, too")
    made.add_argument("--undo", action="store_true", help="let it in again with the next run")
    settings_flags(made)
    json_flag(made, "print what went for machines")
    log_flag(made)


def _forget(options: argparse.Namespace) -> int:
    if options.undo:
        return _recall(options)
    from quotesieve import console
    from quotesieve.pipeline.forget import forget

    settings = load_settings(options)
    done = forget(options.clean, options.article, settings, dry_run=options.dry_run, ahead=options.ahead)
    logs.event(done.state, **{k: v for k, v in asdict(done).items() if k != "state"})
    if options.json:
        print_json(asdict(done))
    elif options.log_format == "text":
        console.print_forgetting(done)
    return 0


def _recall(options: argparse.Namespace) -> int:
    """`forget --undo`."""
    from quotesieve.pipeline.forget import recall

    ids = recall(options.clean, options.article)
    logs.event("recalled", articles=ids)
    if options.json:
        print_json({"state": "recalled", "articles": ids})
    elif options.log_format == "text":
        print(f"No longer kept out: {', '.join(ids)}. The next run takes in what lies in RAW.")
    return 0
