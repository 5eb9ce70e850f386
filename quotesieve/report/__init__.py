"""The report: one HTML file about a snapshot, opened from disk, with no network.

`facts` counts (figures, outlets, trend), `statements` and `articles` choose what can be browsed,
`charts` draws, `page` makes HTML of it, `write` puts it beside the data. Reads the published
tables column by column, never the text of the whole archive. Decides nothing about the data.
"""

from quotesieve.report.write import write_report

__all__ = ["write_report"]
