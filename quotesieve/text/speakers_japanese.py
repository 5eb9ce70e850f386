"""Who speaks in Japanese prose: 「…」と田中社長は述べた, 田中社長は「…」と語った, 消防によると「…」.

Japanese prints no spaces: names and particles are read off the characters beside the marks, without tokens.
Holds that reading with its tables; other languages are `speakers_claims`'s, where marks open `quotes`'s.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from quotesieve.text.quotes import Segment
from quotesieve.text.speakers_people import Speaker


class Said(NamedTuple):
    """What the words around one segment say of it."""

    segment: Segment
    speaker: Speaker | None
    rule: str  # as in `speakers`; "" where nothing says who speaks
    cue: tuple[int, int] | None
    evidence: tuple[int, int] | None
    quote_type: str
    joined: bool  # the segment before is of the same sentence and speaker


# What stands behind a name; the first two letters of a longer one must not be taken for a shorter one.
_TITLES: Final = sorted(
    """
    最高経営責任者 代表取締役 取締役 副社長 社長 副会長 会長 頭取 総裁 専務 常務 理事長
    理事 代表 支配人 CEO COO CFO 首相 総理 大統領 副大臣 大臣 官房長官 長官
    外相 財務相 防衛相 厚労相 経産相 国交相 農相 法相 文科相 環境相 総務相 政務官 幹事長
    書記長 党首 委員長 議長 議員 委員 都知事 府知事 県知事 知事 副市長 市長 町長 村長
    区長 報道官 大使 事務総長 事務局長 局長 部長 課長 室長 所長 支社長 支店長 店長 店主
    校長 園長 院長 館長 署長 隊長 機長 船長 総長 学長 編集長 准教授 名誉教授 教授 講師
    研究員 博士 医師 弁護士 監督 選手 コーチ 主将 投手 捕手 騎手 横綱 名人 住職 宮司
    牧師 シェフ アナリスト エコノミスト アナウンサー 容疑者 被告 受刑者 さん 氏 君 くん
    ちゃん さま 様 夫人 陛下 殿下
    """.split(),
    key=len,
    reverse=True,
)
# Somebody described and not named.
_UNNAMED: Final = tuple(
    """
    担当者 関係者 幹部 高官 当局者 男性 女性 男 女 住民 市民 社員 従業員 職員 客 母親
    父親 母 父 遺族 家族 専門家 識者 記者 代理人 弁護人 被害者 目撃者 参加者 学生 生徒
    児童 観客 ファン 農家 漁師 経営者 運転手 筋
    """.split()
)
# A body, by the end of its name.
_BODIES: Final = tuple(
    """
    社 省 庁 会 党 局 署 部 府 政府 銀行 大学 病院 警察 県警 道警 消防 側 労組
    組合 裁判所 地裁 高裁 最高裁 検察 地検 財団 協会 連盟 連合 チーム グループ 研究所
    報告書 声明 市 県 町 村 区 都 陣営 当局 機構 センター ホールディングス
    """.split()
)
# What is no name though it stands where one may: times, and words for anybody.
_NO_NAME: Final = re.compile(
    r"(?:[昨今明同先翌後初毎当前連近0-9０-９]日|[当一同0-9０-９]時|[今昨去来近翌同例毎0-9０-９]年|[今先来同毎0-9０-９]月"
    r"|[週回度後頃今昔]|[以直事午合見年日]前|[今昨]夜|今朝|[今昨]晩|[期時年日]間|[0-9０-９一二三四五六七八九十]+[人件点目]"
    r"|最近|現在|将来|未来|普段|実際|本当|一方|結局|全員|全体|誰|皆|自分|自身|私|僕|俺|我々|結果|理由|内容"
    r"|最初|当初|場合|状況|問題|原因|今季|来季|今大会|次戦|過去|一部|多く|逆|次|特|他|何|これ|それ)$"
)
_PRONOUNS: Final = frozenset(["彼", "彼女", "同氏"])

_LETTER: Final = r"[㐀-鿿々〆ヵヶァ-ヺー・＝A-Za-z0-9０-９．]"  # of a name or a noun, hiragana left out
_PHRASE: Final = rf"{_LETTER}{{1,24}}(?:さん|くん|ちゃん|さま)?(?:[（(][^（）()\n]{{1,20}}[）)])?"
_TOPIC: Final = re.compile(rf"({_PHRASE})(は|も|が|によると|によれば)(?!ず|や)")
_NAMED: Final = re.compile(rf"({_LETTER}{{2,16}}?)({'|'.join(_TITLES)})")
_BRACKET: Final = re.compile(r"[（(]([^（）()]*)[）)]$")
_MODIFIER: Final = re.compile(rf"{_LETTER}{{1,12}}の$")
_SURU: Final = """
    説明 批判 強調 指摘 主張 反論 否定 謝罪 陳謝 発言 コメント 表明 回答 証言 報告
    発表 断言 警告 称賛 評価 期待 要求 要請 質問 宣言 歓迎 懸念 釈明 弁明 告白 供述
    投稿 ツイート 約束 提案 助言 明言 予測 分析 解説 抗議 力説 苦言を呈
    """.split()  # fmt: skip
_VERB: Final = (
    rf"(?:{'|'.join(_SURU)})(?:を?した|する|して|し、|しました)|明らかに(?:した|して)"
    r"|(?:述べ|訴え|答え|伝え|つぶやい|呼びかけ|呼び掛け|打ち明け|付け加え|締めくく)(?:た|る|て|っ(?:た|て))"
    r"|(?:語|振り返|怒|憤|綴|つづ|胸を張|首をひね)(?:った|る|って|りました|り、)"
    r"|(?:話|漏ら|もら|明か|声を震わ)(?:した|す|して|しました|し、)|(?:言|笑)(?:った|う|って|いました|い、)"
    r"|(?:書|嘆|つぶや)(?:いた|く|いて)|喜(?:んだ|ぶ|んで)|述懐|と(?:した(?!ら)|している|する(?!と)|し、)"
)
_CUE: Final = re.compile(rf"(?:{_VERB})(?:い(?:る|た|ました|ます))?")
_REPORTS: Final = re.compile(r"(?:など|等)?(?:と|って)(?!い(?:う|った|われ)|呼ば|名付け)")
_NOMINAL: Final = re.compile(r"(?:という)?(?:こと|の|点|際|とされ|と明らか)")
_SO_SAID: Final = re.compile(
    rf"。?\s*(?:そう|こう|と)?({_VERB})のは、?(?:[^。\n]*?[のをむるたい])??({_PHRASE})(?:だ|です|。|$)"
)
_STOPS: Final = "。！？"
_FILLER: Final = "\0"  # stands for what is quoted
_TITLE_SET: Final = frozenset(_TITLES)
_LABEL: Final = re.compile(rf"\s*({_PHRASE})[：:　 ]?")
_REACH: Final = 300  # characters to either side of a quote that are read
_SURNAME: Final = 2  # letters; a longer name is a full one
_FAR: Final = 8000  # characters before a bare name in which it must have been printed
_NEAR: Final = 3  # letters between the marks and whoever stands before the verb
_SCARE: Final = 15  # letters; a longer quote that nobody is said to have said is a part of a sentence


def read_japanese(text: str, segments: Sequence[Segment], context: str = "") -> list[Said]:
    """What is said of each segment, in order. Names that `context` (title, standfirst) has in full count."""
    people = _People(text, context)
    out: list[Said] = []
    for _, own in groupby(segments, key=lambda segment: segment.paragraph_no):
        line = _Line(text, list(own))
        for k in range(len(line.segments)):
            out.append(_said(line, k, people, out))
    return out


class _Line:
    """One paragraph, its quotes masked, so that what stands in them is not read."""

    def __init__(self, text: str, segments: list[Segment]) -> None:
        self.segments = segments
        self.start = text.rfind("\n", 0, segments[0].outer_start) + 1
        end = text.find("\n", segments[-1].outer_end)
        self.text = text
        parts: list[str] = []
        at = self.start
        for segment in segments:
            parts += (text[at : segment.outer_start], _FILLER * (segment.outer_end - segment.outer_start))
            at = segment.outer_end
        self.masked = "".join([*parts, text[at : len(text) if end < 0 else end]])

    def place(self, k: int) -> tuple[int, int]:
        """Where segment `k` stands in the masked line, marks included."""
        segment = self.segments[k]
        return segment.outer_start - self.start, segment.outer_end - self.start

    def sentence(self, k: int) -> tuple[int, int]:
        """Where the sentence of segment `k` begins and ends."""
        first, last = self.place(k)
        left, right = max(0, first - _REACH), min(len(self.masked), last + _REACH)
        ends = [i for stop in _STOPS if (i := self.masked.find(stop, last, right)) >= 0]
        begin = max(self.masked.rfind(stop, left, first) for stop in _STOPS) + 1
        return max(begin, left), min(ends, default=right)

    def is_alone(self, k: int, *, labelled: bool = False) -> bool:
        """Whether nothing stands beside segment `k` in its line; where it is `labelled`, behind it."""
        first, last = self.place(k)
        if len(self.masked) - last > _REACH or first > _REACH:
            return False
        rest = self.masked[last:] if labelled else self.masked[:first] + self.masked[last:]
        return not rest.strip(_STOPS + " ")

    def span(self, match: re.Match[str], group: int = 0) -> tuple[int, int]:
        """The code points of a match in the masked line."""
        return match.start(group) + self.start, match.end(group) + self.start


class _People:
    """The names that the article gives in full, and what a phrase before a particle means."""

    def __init__(self, text: str, context: str) -> None:
        self._text = text
        self._context = context
        self._places: list[tuple[int, str]] = []
        self._names: set[str] = set()
        self._held: dict[str, list[str]] = {}  # the names by their first title
        # The mentions by what may stand for them: a part of the name, with the title or without.
        self._meant: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for offset, piece in ((-len(context), context), (0, text)):
            for found in _NAMED.finditer(piece):
                if len(found.group(1)) > _SURNAME:
                    self._add(found.start() + offset, found.group(1), found.group(2))

    def _add(self, position: int, name: str, title: str) -> None:
        if name not in self._names:
            self._names.add(name)
            self._held.setdefault(title, []).append(name)
        self._places.append((position, name))
        for part in _parts(name):
            for key in ((part, title), (part, "")):
                self._meant.setdefault(key, []).append((position, name))

    def full(self, name: str, position: int, title: str = "") -> str:
        """The full name that a surname stands for; itself if none. Of two people who share it, who has
        the `title` too, else who was named last before `position`.
        """
        places = self._meant.get((name, title)) or self._meant.get((name, ""))
        if places is None:
            return name
        before = bisect_left(places, (position, ""))
        if before:
            return places[before - 1][1]
        return places[0][1] if places[0][1] == places[-1][1] else name

    def knows(self, topic: re.Match[str], line: "_Line") -> bool:
        """Whether a phrase that nothing marks as a name was printed before."""
        name, position = _BRACKET.sub("", topic.group(1)), topic.start(1) + line.start
        return name in self._context or self._text.find(name, max(0, position - _FAR), position) >= 0

    def speaker(
        self,
        line: "_Line",
        found: re.Match[str],
        group: int = 1,
        *,
        loose: bool = False,
        said: Speaker | None = None,
    ) -> Speaker | None:
        """Who a phrase means, `said` having spoken last; None if it is nobody who speaks.

        `loose`: any name will do, since the place of the phrase says that it is a speaker.
        """
        printed, position = found.group(group), found.start(group) + line.start
        if printed in _PRONOUNS:
            k = bisect_left(self._places, (position, ""))
            name = said.name if said is not None else self._places[k - 1][1] if k else None
            return Speaker(name, printed, "pronoun", "pronoun" if name else "unresolved", None, position)
        bare = _BRACKET.sub("", printed)
        named = _NAMED.fullmatch(bare)
        if named is not None and not bare.endswith(_UNNAMED):
            name = self.full(named.group(1), position, named.group(2))
            return Speaker(name, printed, "explicit", "name", None, position)
        if bare in _TITLE_SET:
            held = self._held.get(bare, [])
            if len(held) == 1:
                return Speaker(held[0], printed, "explicit", "role", None, position)
        if bare in _TITLE_SET or bare.endswith(_UNNAMED):
            before = _MODIFIER.search(line.masked, 0, found.start(group))
            name = (before.group() if before is not None else "") + bare
            return Speaker(name, printed, "anonymous", "anonymous", None, position)
        full = self.full(bare, position)
        if full != bare or bare in self._names or (loose and len(bare) > 1 and not _NO_NAME.search(bare)):
            return Speaker(full, printed, "explicit", "name", None, position)
        if bare.endswith(_BODIES):
            method = "anonymous" if bare[:1] in "同当" else "explicit"
            return Speaker(bare, printed, method, "body", None, position)
        aged = _BRACKET.search(printed)
        if aged is not None and aged.group(1).isdigit() and len(bare) > 1:
            return Speaker(full, printed, "explicit", "name", None, position)
        return None


def _parts(name: str) -> list[str]:
    """What may stand for a full name: how it begins, or the last of names with a dot between.

    >>> _parts("田中太郎"), _parts("エイダ・クイスト")
    (['田', '田中', '田中太'], ['クイスト'])
    """
    if "・" in name:
        pieces = name.split("・")
        return ["・".join(pieces[k:]) for k in range(1, len(pieces))]
    return [name[:k] for k in range(1, len(name))]


# -- one segment -----------------------------------------------------------------------------------


class _Claim(NamedTuple):
    speaker: Speaker
    rule: str
    evidence: tuple[int, int] | None
    cue: tuple[int, int] | None


def _said(line: _Line, k: int, people: _People, before: list[Said]) -> Said:
    """The reading of segment `k`, `before` being those of the segments before it in the article."""
    begin, end = line.sentence(k)
    first, last = line.place(k)
    cue = _cue(line, last, end)
    beside = before[-1] if k else None
    joined = beside is not None and line.place(k - 1)[0] >= begin
    claim = (
        _after(line, last, cue, people)
        or _so_said(line, last, people)
        or _before(line, begin, first, cue, people, before)
        or _label(line, k, people)
    )
    if claim is None and cue is not None:
        claim = _introduced(line, k, begin, cue, people)
    if claim is None and (cue is not None or line.is_alone(k)) and before:
        claim = _carried(line, before[-1], cue, beside=beside is not None, joined=joined)
    if claim is None:
        return Said(line.segments[k], None, "", None, None, _type(line, k, reported=cue is not None), False)
    kind = _type(line, k, reported=cue is not None or claim.rule != "according")
    said_by = beside.speaker if joined and beside is not None else None
    same = said_by is not None and said_by.name == claim.speaker.name
    return Said(line.segments[k], claim.speaker, claim.rule, claim.cue, claim.evidence, kind, same)


def _cue(line: _Line, last: int, end: int) -> re.Match[str] | None:
    """The verb of saying that takes what ends at `last` for its object, if there is one in the sentence.

    In 「…」、「…」と述べた both have it; not in 「…」と批判されている, nor in 「…」という店.
    """
    end = min(end, last + _REACH)
    while line.masked[last : last + 1] in ("、", _FILLER, "や", "・") and last < end:
        last += 1
    reports = _REPORTS.match(line.masked, last, end)
    return _CUE.search(line.masked, reports.start(), end) if reports is not None else None


def _after(line: _Line, last: int, cue: re.Match[str] | None, people: _People) -> _Claim | None:
    """「…」と田中社長は述べた: whoever stands between the marks and the verb."""
    if cue is None:
        return None
    for topic in _TOPIC.finditer(line.masked, last, cue.start()):
        near = topic.start() - last <= _NEAR
        speaker = people.speaker(line, topic, loose=near and people.knows(topic, line))
        if speaker is not None:
            return _Claim(speaker, "after", (line.start + topic.start(1), line.span(cue)[1]), line.span(cue))
    return None


def _so_said(line: _Line, last: int, people: _People) -> _Claim | None:
    """「…」。そう語るのは石井さんだ."""
    found = _SO_SAID.match(line.masked, last, last + _REACH)
    speaker = people.speaker(line, found, 2, loose=True) if found is not None else None
    if found is None or speaker is None:
        return None
    return _Claim(speaker, "inverted", (line.span(found, 1)[0], line.span(found, 2)[1]), line.span(found, 1))


def _before(
    line: _Line, begin: int, first: int, cue: re.Match[str] | None, people: _People, before: list[Said]
) -> _Claim | None:
    """The topic of the sentence: 田中社長は会見で「…」と述べた; else who is its source: 消防によると."""
    named: dict[str, tuple[re.Match[str], Speaker]] = {}
    for topic in _TOPIC.finditer(line.masked, begin, first):
        speaker = people.speaker(line, topic, said=before[-1].speaker if before else None)
        if speaker is not None:
            named["に" if topic.group(2).startswith("に") else topic.group(2)] = topic, speaker
    if cue is None:
        order = ["に"]
    else:
        inner = "が" in named and _NOMINAL.match(line.masked, cue.end()) is not None
        order = ["が", "は", "も", "に"] if inner else ["は", "も", "が", "に"]
    for particle in order:
        if particle in named:
            topic, speaker = named[particle]
            source = particle == "に"
            where = line.span(topic, 2) if source or cue is None else line.span(cue)
            return _Claim(speaker, "according" if source else "before", line.span(topic, 1), where)
    return None


def _label(line: _Line, k: int, people: _People) -> _Claim | None:
    """中村「…」 and 中村：「…」, a line of an interview."""
    found = _LABEL.fullmatch(line.masked, 0, line.place(k)[0])
    if found is None or not line.is_alone(k, labelled=True):
        return None
    speaker = people.speaker(line, found, loose=True)
    return _Claim(speaker, "label", line.span(found, 1), None) if speaker is not None else None


def _introduced(line: _Line, k: int, begin: int, cue: re.Match[str], people: _People) -> _Claim | None:
    """The topic of a sentence before, back to the last quote: 監督は無言だった。「…」と語った."""
    start = max(line.place(k - 1)[1] if k else 0, begin - _REACH)
    for topic in reversed(list(_TOPIC.finditer(line.masked, start, begin))):
        speaker = people.speaker(line, topic) if topic.group(2) in ("は", "も") else None
        if speaker is not None:
            return _Claim(speaker, "introduced", line.span(topic, 1), line.span(cue))
    return None


def _carried(
    line: _Line, said: Said, cue: re.Match[str] | None, *, beside: bool, joined: bool
) -> _Claim | None:
    """Who was quoted before goes on."""
    if said.speaker is None:
        return None
    rule = "same_utterance" if joined else "same_paragraph" if beside else "paragraph_before"
    return _Claim(said.speaker, rule, said.evidence, line.span(cue) if cue is not None else None)


def _type(line: _Line, k: int, *, reported: bool) -> str:
    """speech, or what else stands between the marks: 『a title』, a 「word」, a part of a sentence."""
    segment = line.segments[k]
    if reported:
        return "speech"
    if line.text[segment.outer_start] == "『":
        return "title"
    if line.is_alone(k):
        return "speech"
    return "scare" if segment.end - segment.start <= _SCARE else "partial"
