"""What the command line prints for people: tables, colours, progress bars, by Rich.

Holds no decision. Colours and bars appear on a terminal only; Rich sees to that, and to NO_COLOR.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from quotesieve.corrections import CORRECTED
from quotesieve.match.align import Piece, differences
from quotesieve.pipeline.changes import Changes
from quotesieve.pipeline.forget import Forgetting
from quotesieve.pipeline.inspect import Explanation, Portrait, Showing
from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.run import Progress as Report_progress
from quotesieve.pipeline.run import Report, no_progress
from quotesieve.pipeline.verify import Verification
from quotesieve.store.quarantine import Held

OUT = Console(highlight=False, soft_wrap=True)

ROLE_STYLES = {"title": "bold", "standfirst": "italic", "heading": "bold cyan", "body": "", "blank": "dim"}
# How a printing differs from the canonical text: without colours the brackets say it, as wdiff has them.
PIECES = {"same": ("", "", ""), "added": ("{+", "+}", "green"), "missing": ("[-", "-]", "red strike")}
GAP_WORDS = 12  # a longer stretch that a printing leaves out is counted, not printed
CHANGES = {
    "new": "new",
    "changed": "changed",
    "deleted": "deleted",
    "forgotten": "forgotten: to be taken out",
    "damaged": "to be made again: an output is missing or damaged",
    "settings": "to be processed again: the settings changed",
    "code": "to be processed again: the program changed",
    "full": "to be processed again: --full",
    "dedup": "to be compared again",
    "released": "released from quarantine",
    "outlets": "to be processed again: outlets.csv changed",
    "corrections": "to be corrected: corrections.csv changed",
    "boilerplate": "to be cleaned again: the outlet repeats one of their lines, or no longer does",
    "became_current": "current again: a later fetch of the article is gone",
}

# What makes a cleaning doubtful (model.DOUBTS), for people.
DOUBTS = {
    "no_text": "nothing was kept of a text that has words",
    "nearly_all_removed": "nearly everything was removed",
    "nothing_removed": "nothing was removed though most lines are links or labels",
    "no_sentence": "what was kept has no sentence",
    "unsure": "many lines might as well be noise as text, or text as noise",
    "no_article_found": "no article was found on the page: all its visible text was judged",
}


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report_progress]:
    """A progress bar on a terminal's standard error; nothing elsewhere."""
    err = Console(stderr=True)
    if quiet or not err.is_terminal:
        yield no_progress
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance


def count(number: int, one: str, many: str = "") -> str:
    """A number of things.

    >>> count(1, "row"), count(1200, "row"), count(2, "copy", "copies")
    ('1 row', '1,200 rows', '2 copies')
    """
    return f"{number:,} {noun(number, one, many)}"


def noun(number: int, one: str, many: str = "") -> str:
    """The word alone."""
    return one if number == 1 else many or one + "s"


def outlets(passage: Mapping[str, Any]) -> str:
    """The outlets that print a statement: an article of unknown outlet counts as one more in the tables.

    >>> outlets({"outlets": ["a", "b"], "outlet_count": 3}), outlets({"outlets": ["a"], "outlet_count": 1})
    ('2 outlets and 1 article of unknown outlet', '1 outlet')
    """
    known = len(passage["outlets"])
    unknown = passage["outlet_count"] - known
    parts = [count(known, "outlet")] if known or not unknown else []
    if unknown:
        parts.append(count(unknown, "article") + " of unknown outlet")
    return " and ".join(parts)


def print_report(report: Report) -> None:
    """What a run did and where the tables are."""
    if report.state == "unchanged":
        OUT.print(f"Nothing changed since snapshot {report.snapshot}: nothing to do.")
    else:
        done = ", ".join(f"{c.count:,} {CHANGES[c.code].split(':')[0]}" for c in report.changes)
        verb = "REFUSED" if report.state == "refused" else "Published"
        OUT.print(f"{verb} snapshot {report.snapshot} in {report.seconds:.1f} s ({done or 'no records'}).")
    _print_findings(report)
    OUT.print(_counts(report.counts))
    if report.rejections:
        reasons = ", ".join(f"{count} {reason}" for reason, count in report.rejections.items())
        OUT.print(f"Rejected: {reasons} (table rejections says which and why)")
    if report.counts.get("cleaned_again"):
        again = count(report.counts["cleaned_again"], "article")
        OUT.print(f"Cleaned again: {again}, for lines that their outlets repeat, or no longer do")
    if report.counts.get("forgotten"):
        OUT.print(f"Forgotten: {report.counts['forgotten']:,} kept out (`quotesieve forget`)")
    if report.left:
        OUT.print(f"Outside the selection: {count(report.left, 'changed record')}; for a run without one")
    if report.waiting:
        OUT.print(f"Waiting for the next run: {count(len(report.waiting), 'file')} still being written")
    OUT.print(f"Tables: {report.tables}/<table>/*.parquet; current.json lists the files")


def _print_findings(report: Report) -> None:
    """What is out of range, what was done about it, and what a person can do."""
    for finding in report.findings:
        style = {"note": "dim", "warn": "yellow"}.get(finding.severity, "red")
        OUT.print(Text(f"{finding.severity}: {finding.message}", style=style))
    for outlet, articles in report.quarantined.items():
        held = count(articles, "new article")
        OUT.print(f"Held back: {held} of {outlet} (`quotesieve quarantine {report.clean}`)")
    if report.state == "refused":
        OUT.print(
            f"Nothing was published: readers have what they had. Look at {report.tables}, then "
            f"`quotesieve publish {report.clean} --anyway` or `quotesieve discard {report.clean}`."
        )


def print_quarantine(held: Sequence[Held], *, decided: bool) -> None:
    """What is held back, outlet by outlet."""
    for outlet, own in groupby(held, key=lambda one: one.outlet):
        listed = list(own)
        OUT.print(Text(f"{outlet or 'outlet unknown'}: {count(len(listed), 'article')}", style="bold"))
        OUT.print(Text(f"  {listed[0].why}", style="dim"))
        for one in listed:
            record = f"#{one.record}" if one.record else ""
            OUT.print(f"  {one.state:<9} {one.article_id} {one.raw_path}{record} (run {one.run_id})")
    if decided:
        OUT.print("The next run acts on it.")
    elif not held:
        OUT.print("Nothing is held back.")


def _counts(counts: Mapping[str, int]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for name in ("articles", "rejections", "lines", "mentions", "passages", "paragraphs", "comparisons"):
        table.add_row(name, f"{counts[name]:>10,}")
    return table


def print_plan(plan: Plan) -> None:
    """What would be done, and why."""
    if plan.is_empty:
        OUT.print(f"Nothing to do: {len(plan.kept):,} records are unchanged.")
    for change in plan.changes:
        OUT.print(f"{change.count:>8,} {CHANGES[change.code]}, such as {change.example}")
    if not plan.is_empty:
        OUT.print(f"{len(plan.kept):>8,} unchanged")
    if plan.forgotten:
        OUT.print(f"{plan.forgotten:>8,} forgotten: kept out")
    for line in (*plan.corrected.now.problems, *plan.corrected.unseen):
        OUT.print(Text(line, style="yellow"))
    for path in plan.waiting:
        OUT.print(f"         waiting: {path} is still being written")


def print_verification(found: Verification) -> None:
    """What was checked, and what does not hold."""
    checked = ", ".join(f"{count:,} {name}" for name, count in found.checked.items())
    OUT.print(f"Snapshot {found.snapshot}: checked {checked}.")
    for finding in found.findings:
        OUT.print(Text(f"{finding.law}: {finding.where}: {finding.detail}", style="red"))
    OUT.print("Every law holds." if found.ok else count(len(found.findings), "finding") + ".")


def print_explanation(found: Explanation) -> None:
    """The article, each line with its role or reason and the rule that decided."""
    article = found.article
    OUT.print(Text(f"{article['title'] or '(no title)'}", style="bold"))
    OUT.print(
        f"{article['article_id']} version {article['version']}, {article['outlet'] or 'outlet unknown'}, "
        f"{article['raw_path']}, {article['language'] or 'language unknown'}, {article['encoding']}"
    )
    if article["cleaning_reason"]:
        OUT.print(f"The cleaning is doubtful: {DOUBTS[article['cleaning_reason']]}")
    for line in found.lines:
        kept = line["reason"] is None
        label = line["role"] if kept else f"- {line['reason']}"
        style = ROLE_STYLES.get(line["role"], "") if kept else "red"
        words = line["raw_text"].strip()
        rule = "" if line["role"] == "blank" else f"  [{_why(line, found.repeated)}]"
        row = Text(f"{line['line']:>5} {label:<14} ", style="dim" if kept else "red")
        row.append(words, style=style).append(rule, style="dim")
        OUT.print(row)
    OUT.print(f"\n{count(len(found.quotes), 'quote')}{':' if found.quotes else ''}")
    for quote in found.quotes:
        OUT.print(
            Text(f"  {quote['passage_id']} ", style="dim")
            .append(f"“{quote['text']}”")
            .append(f" {quote['speaker'] or 'speaker unknown'}", style="bold")
            .append(_by_hand(quote))
        )


def _by_hand(mention: Mapping[str, Any]) -> str:
    """That a person set the speaker, and by which row; "" where nobody did."""
    if mention["attribution_method"] != CORRECTED:
        return ""
    row = mention.get("correction")
    if row is None:
        return " (corrected by hand)"
    return f" (corrected by hand, line {row['line']}{': ' if row['note'] else ''}{row['note']})"


def print_portrait(found: Portrait) -> None:
    """A person: names, roles, where and when, and what was said."""
    one = found.speaker
    OUT.print(Text(one["name"], style="bold").append(f" ({one['kind']}; {one['speaker_id']})", style="dim"))
    for label, key, listed in (("also", "name", one["aliases"]), ("roles", "role", one["roles"])):
        names = ", ".join(f"{item[key]} {item['mentions']:,}" for item in listed)
        if names:
            OUT.print(f"{label}: {names}")
    times = (one["first_published_at"], one["last_published_at"])
    span = " to ".join(str(time.date()) for time in times if time)
    where = f"{count(one['article_count'], 'article')} of {outlets(one)}"
    OUT.print(f"{count(one['mention_count'], 'quote')} in {where}{'; ' if span else ''}{span}")
    for passage in found.passages:
        OUT.print(
            Text(f"  {passage['passage_id']} ", style="dim")
            .append(f"“{passage['canonical_text']}”")
            .append(f" {outlets(passage)}", style="dim")
        )


def _why(line: Mapping[str, Any], repeated: Mapping[int, tuple[int, int]]) -> str:
    """What decided about a line: the rule, or what spoke most against it and how likely it seemed text.

    >>> _why({"line": 4, "rule": "model_place_ending_topic", "score": 0.034}, {})
    'model: place, ending, topic; 0.03'
    >>> _why({"line": 4, "rule": "boilerplate", "score": 0.9}, {4: (37, 120)})
    'boilerplate: in 37 of 120 stories of the outlet'
    """
    rule, score = str(line["rule"]), line["score"]
    if line["line"] in repeated:
        stories, of = repeated[line["line"]]
        return f"{rule}: in {stories:,} of {of:,} stories of the outlet"
    name, _, groups = rule.partition("_")
    if name != "model" or score is None:
        return rule
    told = f"model: {groups.replace('_', ', ')}" if groups else "model"
    return f"{told}; {score:.2f}"


def print_showing(found: Showing) -> None:
    """The passage and every printing beside it, with what differs. Scores are cut, as in the report."""
    passage = found.passage
    alone = passage["independent_outlet_count"]
    independent = f" ({alone} independent)" if alone < passage["outlet_count"] else ""
    OUT.print(Text(f"“{passage['canonical_text']}”", style="bold"))
    OUT.print(
        f"{passage['speaker'] or 'speaker unknown'} ({passage['attribution_method']}, "
        f"{passage['speaker_confidence']:.2f}); {count(passage['mention_count'], 'printing')} in "
        f"{count(passage['article_count'], 'article')} of {outlets(passage)}{independent}; "
        f"{passage['passage_id']}"
    )
    for mention in found.mentions:
        when = mention["published_at"].date() if mention["published_at"] else "undated"
        OUT.print(
            f"\n  {mention['outlet'] or 'outlet unknown'}, {when}: {mention['relation']} "
            f"{int(mention['similarity'])}; {mention['speaker_as_printed'] or 'nobody'} "
            f"{mention['cue'] or ''} ({mention['mention_id']}){_by_hand(mention)}"
        )
        printed = Text("  ").append(mention["context_before"][-60:].replace("\n", " "), style="dim")
        for piece in differences(mention["text"], passage["canonical_text"]):
            printed.append(*_shown(piece))
        OUT.print(printed.append(mention["context_after"][:60].replace("\n", " "), style="dim"))
    if found.near_misses:
        OUT.print("\nCompared and kept apart:")
    for miss in found.near_misses:
        pair = f"{miss['left_mention_id']} {miss['right_mention_id']}"
        variant = f", a variant: {miss['variant']}" if miss["variant"] else ""
        OUT.print(f"  {pair}: {miss['scorer']} {int(miss['score'])}, {miss['reason']}{variant}")


def _shown(piece: Piece) -> tuple[str, str]:
    """A piece of a printing as it is shown, and its style.

    >>> _shown(Piece("added", "June")), _shown(Piece("missing", "a " * 20))[0]
    (('{+June+}', 'green'), '[-… 20 words …-]')
    """
    opens, closes, style = PIECES[piece.kind]
    words = len(piece.text.split())
    text = f"… {words} words …" if piece.kind == "missing" and words >= GAP_WORDS else piece.text
    return f"{opens}{text}{closes}", style


def print_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as records, a column a line: news text does not fit beside itself."""
    for number, row in enumerate(rows, 1):
        OUT.print(Text(f"{name} {number}", style="bold"))
        for column, value in row.items():
            if value not in (None, "", []):
                OUT.print(Text(f"  {column:<22}", style="cyan").append(str(value)))
    OUT.print(count(len(rows), "row"))


def print_changes(found: Changes) -> None:
    """How many passages differ between two snapshots, and in what."""
    OUT.print(f"From snapshot {found.old} to {found.new}:")
    for kind, number in found.counts.items():
        OUT.print(f"{number:>8,} {kind}")
    if found.columns:
        listed = ", ".join(f"{name} {number:,}" for name, number in found.columns.items())
        OUT.print(f"Changed columns: {listed}")
    if found.file is not None:
        OUT.print(f"Rows: {found.file}")


def print_forgetting(done: Forgetting) -> None:
    """What went, or would go, and what stays because it is others'."""
    said = {"forgotten": "Forgotten", "already": "Forgotten already", "would_forget": "Would forget"}
    said["ahead"] = "Not there; kept out from now on"
    OUT.print(f"{said[done.state]}: {count(len(done.articles), 'article')} ({', '.join(done.articles)})")
    OUT.print(
        f"{done.versions:>8,} {noun(done.versions, 'row')} of articles, {count(done.mentions, 'quote')}"
    )
    OUT.print(
        f"{done.passages_removed:>8,} {noun(done.passages_removed, 'statement')} that nobody else printed"
    )
    OUT.print(
        f"{done.passages_changed:>8,} {noun(done.passages_changed, 'statement')} kept: printed by others, too"
    )
    for what, names in (("snapshot", done.snapshots_removed), ("report", done.reports_removed)):
        if names:
            OUT.print(f"{len(names):>8,} older {noun(len(names), what)}: {', '.join(names)}")
    if done.copies:
        OUT.print(f"Other articles print half of it or more alike, and stay: {', '.join(done.copies)}")
    if done.state != "would_forget":
        OUT.print(f"Snapshot {done.snapshot} is without it; later runs keep it out.")
