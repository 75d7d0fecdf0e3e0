"""An ``Edition`` in; the HTML edition, one file that asks for nothing else, out."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.stages.publish.render.layouts import theme_css
from pipeline.stages.publish.render.templates import digest, fill_trusted, read_asset
from pipeline.stages.publish.render.typefaces import data_url, faces_for, font_css, picture_url
from pipeline.stages.publish.render.view import Edition


def screen_css(edition: Edition, theme: Mapping[str, str] | None = None) -> str:
    """Return the stylesheet of a page about an edition, with the fonts that it needs inside."""
    style = read_asset("reader.css").replace("/* THEME */", theme_css(theme or {}))
    return font_css(faces_for(edition), data_url) + "\n" + style


def render_html(edition: Edition, css: str | None = None) -> str:
    """Return the HTML edition: self-contained, readable without its script.

    ``css`` is its ``screen_css``, where that was made already. Its content security policy lets
    nothing load but the fonts inside it and lets only our own stylesheet and script, known by their
    hashes, apply.
    """
    css = screen_css(edition) if css is None else css
    script = read_asset("reader.js")
    house = edition.house
    logo = picture_url(house.logo.kind, house.logo.data) if house and house.logo else ""
    policy = (
        f"default-src 'none'; style-src '{digest(css)}'; script-src '{digest(script)}'; "
        f"font-src data:;{' img-src data:;' if logo else ''} base-uri 'none'; form-action 'none'"
    )
    return fill_trusted(
        "reader.html", css=css, script=script, edition=edition, policy=policy, logo=logo
    )
