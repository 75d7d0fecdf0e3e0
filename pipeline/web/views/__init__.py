"""The routes: a method, an address and the view that answers; one module a part of the desk."""

from __future__ import annotations

from pipeline.web.views import assets, bench, beside, glossaries, home, job, machine, replace, terms
from pipeline.web.views.call import View

ROUTES: tuple[tuple[str, str, View], ...] = (
    ("GET", "/", home.home),
    ("POST", "/jobs", home.create),
    ("GET", "/events", home.events),
    ("GET", "/state", home.state),
    ("POST", "/language", home.language),
    ("POST", "/reviewer", home.reviewer),
    ("GET", "/jobs/{job}", job.show),
    ("GET", "/jobs/{job}/card", job.card),
    ("POST", "/jobs/{job}/run", job.run),
    ("POST", "/jobs/{job}/stop", job.stop),
    ("GET", "/jobs/{job}/download/{kind}", job.download),
    ("GET", "/jobs/{job}/preview/{file}", job.preview),
    ("GET", "/jobs/{job}/text", bench.text),
    ("GET", "/jobs/{job}/sentences/{segment}", bench.sentence),
    ("POST", "/jobs/{job}/sentences/{segment}", bench.write),
    ("PUT", "/jobs/{job}/sentences/{segment}", bench.write),
    ("POST", "/jobs/{job}/printed/{segment}", bench.printed),
    ("GET", "/jobs/{job}/beside/{segment}", beside.beside),
    ("POST", "/jobs/{job}/terms/{segment}", bench.judge),
    ("POST", "/jobs/{job}/entries/{segment}", bench.change),
    ("POST", "/jobs/{job}/findings/{segment}", bench.dismiss),
    ("GET", "/jobs/{job}/terms", terms.terms),
    ("POST", "/jobs/{job}/terms-all", terms.decide),
    ("POST", "/jobs/{job}/terms-entry", terms.change),
    ("POST", "/jobs/{job}/glossaries", terms.translate),
    ("GET", "/jobs/{job}/quality", job.quality),
    ("POST", "/jobs/{job}/layout", job.layout),
    ("POST", "/jobs/{job}/titles", job.head),
    ("POST", "/jobs/{job}/organise", job.organise),
    ("GET", "/glossaries", glossaries.glossaries),
    ("POST", "/glossaries", glossaries.bring),
    ("GET", "/glossaries/{name}", glossaries.glossary),
    ("POST", "/glossaries/{name}/entries", glossaries.change),
    ("POST", "/glossaries/{name}/check", glossaries.check),
    ("GET", "/glossaries/{name}/export/{suffix}", glossaries.export),
    ("GET", "/machine", machine.machine),
    ("POST", "/machine/check", machine.check),
    ("POST", "/machine/install", machine.install),
    ("POST", "/jobs/{job}/states/{segment}", bench.mark),
    ("POST", "/jobs/{job}/sign-off", bench.sign_off),
    ("POST", "/jobs/{job}/undo", bench.undo),
    ("GET", "/jobs/{job}/replace", replace.replace),
    ("POST", "/jobs/{job}/replace", replace.store),
    ("GET", "/static/{name}", assets.static),
    ("GET", "/fonts.css", assets.fonts_css),
    ("GET", "/fonts/{name}", assets.font),
)

__all__ = ["ROUTES"]
