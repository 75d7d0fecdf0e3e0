"""An edition's content in; the sentences and facts of its colophon out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from pipeline.language.typography import printable
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
TYPE_NOTICE = (
    "Set in Enregard Serif and Enregard Mono, subsets of Adobe’s Source Serif 4 and Source Code "
    "Pro under the SIL Open Font License 1.1. French spacing before ; : ! ? and inside guillemets, "
    "and curled quotation marks, are added in print; the stored texts are as they were."
)


def machine_notices(language: str) -> tuple[Said, ...]:
    """Return the notice that the English is a machine's, in one language or in "both"."""
    said = (Said("fr", MACHINE_NOTICE_FR), Said("en", MACHINE_NOTICE))
    return tuple(each for each in said if language in (each.language, "both"))


def source_line(content: EditionContent) -> str:
    """Return the line under the title: what was translated, and that a machine did it."""
    provenance = content.provenance
    return printable(
        f"English by machine ({provenance.engine.title}) from {provenance.input_name}; "
        f"{reading(content) or 'not reviewed unless its publisher says so'}. See the colophon."
    )


def reading(content: EditionContent) -> str:
    """Say how many sentences were read and signed off, by whom; "" where nobody has read any."""
    signed = [each for each in content.reviewed if each.state is SentenceState.SIGNED_OFF]
    if len(signed) == len(content.reviewed):
        return _shares(signed, "read and signed off", len(content.segments))
    read = _shares(content.reviewed, "read", len(content.segments))
    return f"{read}, {_shares(signed, 'signed off')}" if signed else read


def _shares(reviewed: Sequence[Reviewed], deed: str, of: int = 0) -> str:
    """Say who did it to how many sentences, for example "12 of 19 sentences read by A, 3 by B"."""
    counts = Counter(each.reviewer for each in reviewed)
    whole = f" of {_count(of, 'sentence')}" if of else ""
    heads = chain([f"{whole} {deed}"], repeat(""))
    return ", ".join(
        f"{count}{head} by {printable(name)}"
        for (name, count), head in zip(counts.most_common(), heads, strict=False)
    )


def citation(content: EditionContent) -> str:
    """Return how to cite the edition: author, both titles, date, and what tells editions apart."""
    document, provenance = content.document, content.provenance
    titles = " / ".join(dict.fromkeys([document.title, content.target_title]))
    parts = [document.author, titles, document.date]
    named = ", ".join(printable(" ".join(part.split())) for part in parts if part)
    return (
        f"{named}. Bilingual edition, English by machine (Enregard {provenance.program_version}); "
        f"source SHA-256 {provenance.input_sha256[:16]}."
    )


def summary(content: EditionContent) -> tuple[str, ...]:
    """Return the paragraphs of the colophon: who translated, how it went, in what type."""
    engine = content.provenance.engine
    return (
        f"It was made offline by {printable(engine.title)}. {_checked(content)}",
        TYPE_NOTICE,
    )


def _checked(content: EditionContent) -> str:
    terms = term_rates(content.occurrences)
    rate = per_thousand(len(content.findings), count_words(content))
    severities = Counter(finding.severity for finding in content.findings)
    unfinished = sum(not each.finished for each in content.translations)
    parts = [
        f"The text has {_count(len(content.document.blocks), 'row')} and "
        f"{_count(len(content.segments), 'sentence')}; every sentence stands once on each side."
    ]
    if unfinished:
        parts.append(f"The engine did not finish {_count(unfinished, 'sentence')}.")
    if terms.occurrences:
        rendered = terms.rendered
        parts.append(
            f"Of {_count(terms.occurrences, 'occurrence')} of glossary entries, "
            f"{rendered} {'is' if rendered == 1 else 'are'} rendered as the glossary asks."
        )
    parts += _decided(content)
    if content.findings:
        parts.append(
            f"The checks found {_count(severities[Severity.BLOCK], 'thing')} to mend, "
            f"{severities[Severity.LOOK]} to look at and {severities[Severity.POLISH]} to polish: "
            f"{rate:.1f} for each thousand words of the French."
        )
    else:
        parts.append("The checks found nothing to report.")
    if said := reading(content):
        parts.append(f"Review: {said}.")
    if dismissed := len(content.dismissed):
        parts.append(f"A reviewer dismissed {_count(dismissed, 'finding')}.")
    return " ".join(parts)


def _decided(content: EditionContent) -> Iterator[str]:
    """Say what people decided: verdicts on occurrences, and the sentences they wrote, by row."""
    verdicts = Counter(occurrence.decision for occurrence in content.occurrences)
    accepted, declined = verdicts[Verdict.ACCEPTED], verdicts[Verdict.DECLINED]
    if accepted or declined:
        yield f"In review, {accepted} of them were accepted and {declined} declined."
    written = {each.segment_id for each in content.translations if each.origin is Origin.PERSON}
    recalled = sum(each.origin is Origin.MEMORY for each in content.translations)
    if recalled:
        yield f"{_count(recalled, 'sentence')} came from the memory of approved translations."
    if written:
        rows = {block.index: row for row, block in enumerate(content.document.blocks, 1)}
        places = sorted({rows[each.block] for each in content.segments if each.id in written})
        yield (
            f"A person wrote the English of {_count(len(written), 'sentence')} "
            f"({'row' if len(places) == 1 else 'rows'} {', '.join(map(str, places))})."
        )


def facts(content: EditionContent) -> tuple[Fact, ...]:
    """Return what the edition was made from, enough to make it again."""
    provenance = content.provenance
    engine = provenance.engine
    glossary_hash = provenance.glossary_sha256 if provenance.glossary_names else ""
    return tuple(
        Fact(label, printable(value), code)
        for label, value, code in (
            ("Source text", provenance.input_name, False),
            ("Source SHA-256", provenance.input_sha256, True),
            ("Engine", " ".join(f"{engine.title} {engine.version}".split()), False),
            ("Engine licence", engine.licence, False),
            ("Engine fingerprint", engine.fingerprint, True),
            ("Glossary", ", ".join(provenance.glossary_names) or "none", False),
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
            *(() if content.metrics else (("Metrics", _NO_REFERENCE, False),)),
        )
        if value
    )


def _interval(metric: Metric) -> str:
    return f"{metric.score:.1f} (μ = {metric.mean:.1f} ± {metric.margin:.1f})"


_NO_REFERENCE = "none: no reference translation was given to compare with"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
