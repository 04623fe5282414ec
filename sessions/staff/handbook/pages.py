"""The pages of the handbook, for everybody on the staff."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from sessions.staff.handbook import chapters


def contents(request, site):
    return show(request, site, chapters.NAMES[0])


def show(request, site, name):
    if name not in chapters.NAMES:
        raise Http404
    chapter = chapters.chapter(name)
    every = [(chapters.address(each), chapters.chapter(each).title, each == name) for each in chapters.NAMES]
    context = site.each_context(request) | {"title": chapter.title, "chapter": chapter, "chapters": every}
    return TemplateResponse(request, "admin/handbook/chapter.html", context)


def picture(request, name):
    found = chapters.picture(name)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/png")
