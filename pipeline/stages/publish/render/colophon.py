"""An edition's content in; the sentences and facts of its colophon out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat

from pipeline.language.typography import printable, typeset
from pipeline.model import (
    EditionContent,
    Metric,
    Origin,
    Reviewed,
    SentenceState,
    Severity,
    Verdict,
)
from pipeline.stages.publish.figures import count_words, per_thousand, term_rates
from pipeline.stages.publish.render.colophon_words import colophon_words, counted
from pipeline.stages.publish.render.view import Fact, Said

MACHINE_NOTICE = (
    "The English text of this edition is a machine translation. It can be wrong in ways that no "
    "check reported here detects, and nothing in this edition certifies it. The French text is the "
    "one to quote and to rely on; have the English read by someone who knows both languages before "
    "it is used for a decision."
)
MACHINE_NOTICE_FR = (
    "Le texte anglais de cette édition est une traduction automatique. Il peut comporter des "
    "erreurs qu’aucun des contrôles rapportés ici ne décèle, et rien dans cette édition ne le "
    "certifie. Seul le texte français fait foi ; faites relire l’anglais par quelqu’un qui "
    "connaît les deux langues avant de fonder sur lui une décision."
)


def machine_notices(language: str) -> tuple[Said, ...]:
    """Return the notice that the English is a machine's, in one language or in "both"."""
    said = (Said("fr", MACHINE_NOTICE_FR), Said("en", MACHINE_NOTICE))
    return tuple(each for each in said if language in (each.language, "both"))


def source_line(content: EditionContent, words: Mapping[str, str]) -> str:
    """Return the line under the title: what was translated, and that a machine did it."""
    provenance = content.provenance
    said = reading(content, content.dress.notices) or words["reading_unknown"]
    return printable(
        words["source_line"].format(
            engine=provenance.engine.title, name=provenance.input_name, reading=said
        )
    )


def reading(content: EditionContent, language: str = "en") -> str:
    """Say how many sentences were read and signed off, by whom; "" where nobody has read any."""
    words, whole = colophon_words(language), len(content.segments)
    signed = [each for each in content.reviewed if each.state is SentenceState.SIGNED_OFF]
    if len(signed) == len(content.reviewed):
        return _shares(words, signed, "read_and_signed", whole)
    read = _shares(words, content.reviewed, "read", whole)
    return f"{read}, {_shares(words, signed, 'signed')}" if signed else read


def _shares(
    words: Mapping[str, str], reviewed: Sequence[Reviewed], deed: str, whole: int = 0
) -> str:
    """Say who did it to how many sentences, for example "12 of 19 sentences read by A, 3 by B"."""
    counts = Counter(each.reviewer for each in reviewed)
    of = words["of"].format(sentences=counted(words, whole, "sentence")) if whole else ""
    heads = chain([f"{of} {words[deed]}"], repeat(""))
    return ", ".join(
        f"{count}{head} {words['by']} {printable(name)}"
        for (name, count), head in zip(counts.most_common(), heads, strict=False)
    )


def citation(content: EditionContent, words: Mapping[str, str]) -> str:
    """Return how to cite the edition: author, both titles, date, and what tells editions apart."""
    document, provenance = content.document, content.provenance
    titles = " / ".join(dict.fromkeys([document.title, content.target_title]))
    parts = [document.author, titles, document.date]
    named = ", ".join(printable(" ".join(part.split())) for part in parts if part)
    said = words["citation"].format(
        program=f"Enregard {provenance.program_version}", hash=provenance.input_sha256[:16]
    )
    return f"{named}. {said}"


def summary(content: EditionContent) -> tuple[str, ...]:
    """Return the paragraphs of the colophon: who translated, how it went, in what type."""
    words = colophon_words(content.dress.notices)
    made = words["made"].format(engine=printable(content.provenance.engine.title))
    paragraphs = f"{made} {' '.join(_checked(content, words))}", _type(content, words)
    language = "fr" if content.dress.notices == "fr" else "en"
    return tuple("".join(typeset(each, language)) for each in paragraphs)


def _type(content: EditionContent, words: Mapping[str, str]) -> str:
    house = content.dress.house
    if house is None or not house.fonts:
        return words["type"]
    fonts = ", ".join(dict.fromkeys(font.title for font in house.fonts))
    return words["house_type"].format(fonts=fonts, licence=house.licence) + words["type"]


def _checked(content: EditionContent, words: Mapping[str, str]) -> Iterator[str]:
    terms = term_rates(content.occurrences)
    severities = Counter(finding.severity for finding in content.findings)
    unfinished = sum(not each.finished for each in content.translations)
    yield words["holds"].format(
        rows=counted(words, len(content.document.blocks), "row"),
        sentences=counted(words, len(content.segments), "sentence"),
    )
    if unfinished:
        yield words["unfinished"].format(sentences=counted(words, unfinished, "sentence"))
    if terms.occurrences:
        yield words["term" if terms.rendered == 1 else "terms"].format(
            occurrences=counted(words, terms.occurrences, "occurrence"), count=terms.rendered
        )
    yield from _decided(content, words)
    if content.findings:
        rate = f"{per_thousand(len(content.findings), count_words(content)):.1f}"
        yield words["found"].format(
            things=counted(words, severities[Severity.BLOCK], "thing"),
            look=severities[Severity.LOOK],
            polish=severities[Severity.POLISH],
            rate=rate.replace(".", ",") if content.dress.notices == "fr" else rate,
        )
    else:
        yield words["none_found"]
    if said := reading(content, content.dress.notices):
        yield words["review"].format(said=said)
    if dismissed := len(content.dismissed):
        yield words["dismissed"].format(findings=counted(words, dismissed, "finding"))


def _decided(content: EditionContent, words: Mapping[str, str]) -> Iterator[str]:
    """Say what people decided: verdicts on occurrences, and the sentences they wrote, by row."""
    verdicts = Counter(occurrence.decision for occurrence in content.occurrences)
    accepted, declined = verdicts[Verdict.ACCEPTED], verdicts[Verdict.DECLINED]
    if accepted or declined:
        yield words["decided"].format(accepted=accepted, declined=declined)
    written = {each.segment_id for each in content.translations if each.origin is Origin.PERSON}
    recalled = sum(each.origin is Origin.MEMORY for each in content.translations)
    if recalled:
        yield words["recalled"].format(sentences=counted(words, recalled, "sentence"))
    if written:
        rows = {block.index: row for row, block in enumerate(content.document.blocks, 1)}
        places = sorted({rows[each.block] for each in content.segments if each.id in written})
        listed = ", ".join(map(str, places))
        yield words["written"].format(
            sentences=counted(words, len(written), "sentence"),
            places=words["row_at" if len(places) == 1 else "rows_at"].format(rows=listed),
        )


def facts(content: EditionContent) -> tuple[Fact, ...]:
    """Return what the edition was made from, enough to make it again."""
    words = colophon_words(content.dress.notices)
    provenance = content.provenance
    engine = provenance.engine
    glossary_hash = provenance.glossary_sha256 if provenance.glossary_names else ""
    return tuple(
        Fact(words.get(label, label), printable(value), code)
        for label, value, code in (
            ("Source text", provenance.input_name, False),
            ("Source SHA-256", provenance.input_sha256, True),
            ("Engine", " ".join(f"{engine.title} {engine.version}".split()), False),
            ("Engine licence", engine.licence, False),
            ("Engine fingerprint", engine.fingerprint, True),
            ("Glossary", ", ".join(provenance.glossary_names) or words["no_glossary"], False),
            ("Glossary SHA-256", glossary_hash, True),
            ("Decisions SHA-256", provenance.decisions_sha256, True),
            ("Settings SHA-256", provenance.config_sha256, True),
            ("Program", f"Enregard {provenance.program_version}", False),
            ("Date", provenance.created[:10], False),
            *(
                item
                for metric in content.metrics
                for item in (
                    (metric.name, _interval(metric), False),
                    ("Signature", metric.signature, True),
                )
            ),
            ("Reference SHA-256", provenance.reference_sha256, True),
            *(() if content.metrics else (("Metrics", words["no_reference"], False),)),
        )
        if value
    )


def _interval(metric: Metric) -> str:
    return f"{metric.score:.1f} (μ = {metric.mean:.1f} ± {metric.margin:.1f})"
