"""Which encoding is chosen, and what is no text."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesieve.store.bad_input import REASONS, BadInput
from quotesieve.store.encoding import decide_encoding, decodes, html_charset, is_binary
from quotesieve.store.raw import read_raw

NEWS = (
    "The council put off its vote on the new tram line. “We need more time,” said the mayor, Ann O’Hara. "
    "People who live nearby fear that the work – which is to cost £20m – will take too long, and the café "
    "at the corner will have to close. The next meeting is on Wednesday evening."
)
POLISH = (
    "Rada miasta odłożyła głosowanie nad nową linią tramwajową. „Potrzebujemy więcej czasu”, powiedziała "
    "burmistrz Zofia Wójcik. Mieszkańcy obawiają się, że budowa potrwa zbyt długo."
)
RUSSIAN = (
    "Городской совет отложил голосование по новой трамвайной линии. «Нам нужно больше времени», "
    "сказала мэр Анна Кузнецова. Жители района опасаются, что строительство затянется."
)
JAPANESE = "市議会は新しい路面電車の路線に関する投票を延期した。「もっと時間が必要だ」と市長は述べた。"


def decide(payload: bytes, *declared: str, least: float = 0.1) -> tuple[str, str]:
    return decide_encoding(payload, declared=declared, min_confidence=least)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (NEWS.encode(), ("utf-8", "utf8")),
        (b"\xef\xbb\xbf" + NEWS.encode(), ("utf-8", "bom")),
        (b"\xff\xfe" + NEWS.encode("utf-16-le"), ("utf-16-le", "bom")),
        (b"\xfe\xff" + NEWS.encode("utf-16-be"), ("utf-16-be", "bom")),
        (b"\xff\xfe\x00\x00" + NEWS.encode("utf-32-le"), ("utf-32-le", "bom")),
        (NEWS.encode("utf-16-le"), ("utf-16-le", "nul_pattern")),
        (NEWS.encode("utf-16-be"), ("utf-16-be", "nul_pattern")),
        (b"plain", ("utf-8", "utf8")),
    ],
)
def test_marks_patterns_and_utf8_come_first(payload: bytes, expected: tuple[str, str]) -> None:
    assert decide(payload, "cp1251") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"),  # as browsers read it
        ("us-ascii", "cp1252"),
        ("latin1", "cp1252"),
    ],
)
def test_the_declared_charset_comes_before_the_detector(label: str, expected: str) -> None:
    assert decide(NEWS.encode("cp1252"), label) == (expected, "declared")


@pytest.mark.parametrize(
    "label", ["base64", "rot13", "utf-7", "unicode_escape", "idna", "x-nonsense", "", "a" * 99, "utf-8"]
)
def test_labels_that_are_no_charset_of_the_web_or_do_not_fit_are_passed_over(label: str) -> None:
    assert decide(NEWS.encode("cp1252"), label) == ("cp1252", "detected")


@pytest.mark.parametrize(
    ("text", "codec"),
    [(NEWS, "cp1252"), (POLISH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis")],
)
def test_the_detector_reads_news_in_the_encodings_of_the_last_century(text: str, codec: str) -> None:
    payload = text.encode(codec, "ignore")
    found, source = decide(payload)
    assert source == "detected"
    assert payload.decode(found) == payload.decode(codec)


def test_a_pound_sign_does_not_become_polish() -> None:
    for line in NEWS.split(". "):
        payload = (line + " It costs £5, or £7 on Sundays, and nobody is happy with that at all.").encode(
            "cp1252"
        )
        assert "£5" in payload.decode(decide(payload, least=0.0)[0])


def test_an_unsure_detector_is_a_refusal() -> None:
    with pytest.raises(BadInput, match="undecodable"):
        decide("“Hi”".encode("cp1252"))


@pytest.mark.parametrize("seed", range(20))
def test_noise_without_control_characters_is_refused(seed: int) -> None:
    rng = random.Random(seed)
    with pytest.raises(BadInput, match="undecodable"):
        decide(bytes(rng.choice(range(32, 256)) for _ in range(500)))


def test_nearly_utf8_loses_no_byte() -> None:
    payload = NEWS.encode().replace("é".encode(), b"\xc3")
    assert decide(payload) == ("latin-1", "detected")
    assert payload.decode("latin-1").encode("latin-1") == payload
    cut = (NEWS + "é").encode()[:-1]
    assert decide(cut) == ("latin-1", "detected")


@pytest.mark.parametrize(
    "payload",
    [
        b"%PDF-1.7 and so on",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04zip",
        b"\x00\x01\x02\x03" * 9,
        random.Random(1).randbytes(900),
    ],
)
def test_binary_is_refused(payload: bytes) -> None:
    with pytest.raises(BadInput, match="binary"):
        decide(payload)


@pytest.mark.parametrize(
    "payload", [b"PK is a parking ticket.", b"A stray \x00 byte.", b"\x1b[1mBold\x1b[0m\x0c", b"%PD"]
)
def test_text_that_only_looks_a_little_like_binary_is_text(payload: bytes) -> None:
    assert not is_binary(payload)


@pytest.mark.parametrize(
    ("page", "label"),
    [
        (b'<meta charset="windows-1251">', ("windows-1251",)),
        (b"<META http-equiv=content-type content='text/html; charset=KOI8-R'>", ("KOI8-R",)),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', ("iso-8859-2",)),
        (b"<p>charset=utf-8</p>", ()),
        (b" " * 5000 + b"<meta charset=utf-8>", ()),
    ],
)
def test_html_declares_its_charset_near_the_top(page: bytes, label: tuple[str, ...]) -> None:
    assert html_charset(page) == label


def test_a_manifest_can_name_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Hi”".encode("cp1252"))
    (tmp_path / "manifest.csv").write_text("path,encoding\na.txt,windows-1252\n")
    (item,) = read_raw(tmp_path)
    assert (item.text, item.encoding_from) == ("“Hi”", "declared")


@given(
    st.binary(max_size=2000),
    st.lists(st.sampled_from(["cp1252", "shift_jis", "nonsense", "utf-16"]), max_size=2),
)
def test_what_is_decided_decodes_and_what_is_refused_has_a_known_reason(
    payload: bytes, labels: list[str]
) -> None:
    try:
        codec, _ = decide(payload, *labels)
    except BadInput as bad:
        codec = bad.reason
    assert codec in REASONS or decodes(payload, codec)


@given(st.text(min_size=1))
def test_utf8_text_is_read_as_utf8_unless_it_is_binary_or_looks_wide(text: str) -> None:
    payload = text.encode("utf-8", "ignore")
    if payload and not is_binary(payload) and b"\0" not in payload and text[0] != "\ufeff":
        assert decide(payload) == ("utf-8", "utf8")
