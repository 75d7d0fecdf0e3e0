"""Requests of one browser on this machine in, calls to pipeline.service, pages out: the desk.

``serve`` starts it, ``guard`` keeps everyone else out, ``app`` has the routes, the modules of
``views`` answer them, ``pages`` fills the templates. No view decides anything: it parses, asks the
service and shows.
"""
