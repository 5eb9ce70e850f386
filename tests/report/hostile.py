"""Articles that try to be more than text: markup, script and control characters wherever words go."""

import json
from pathlib import Path

SCRIPT = "<script>document.title='taken'</script>"
IMAGE = "<img src=x onerror=\"document.title='taken'\">"
WORDS = (
    f"We never asked for {SCRIPT} in the harbour plan, and {IMAGE} will not be built there either",
    "The council closes </script><!-- the block --> and opens it again in the spring \u2028 as planned",
    "Nobody &lt;b&gt;should&lt;/b&gt; pay {{ 7 * 7 }} for ${tolls} on the old quay, \u202eever again",
)


def press(folder: Path) -> None:
    """Two outlets print the same statements; names of outlets and speakers are markup too."""
    rows = []
    for number, outlet in enumerate(("<b>one</b>.example", 'two.example"onclick="x')):
        text = "Tolls on the quay\n\n" + "\n\n".join(
            f"“{words},” said Ada <i>Bell</i>, the harbour master, on day {number} of the meeting."
            for words in WORDS
        )
        rows.append(
            {
                "text": text + f"\n\nAdvertisement\n\nSubscribe now {IMAGE}\n",
                "title": f"Tolls {SCRIPT} {number}",
                "outlet": outlet,
                "url": f"javascript:alert({number})//{SCRIPT}",
                "published_at": f"2026-03-0{number + 1}T10:00:00Z",
            }
        )
    folder.mkdir(parents=True)
    with open(folder / "feed<script>.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
        out.write('{"text": "<script>broken\n')
