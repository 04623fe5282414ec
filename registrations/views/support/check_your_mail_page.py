"""The page after a sign-up, with a question to the speakers where the browser remembers who signed up."""

from django.conf import settings
from django.shortcuts import render

from registrations.forms.speaker_question import QuestionAfterSignUpForm
from registrations.presenters.problems import problems_in
from registrations.views.support import typed_form


def of(request, page, question=None, *, status=200):
    """`page` is a CheckYourMailPage, `question` the form as it was sent; in no cache."""
    if question is None and page.sessions_to_ask:
        question = QuestionAfterSignUpForm(sessions=page.sessions_to_ask)
    shown = {"page": page, "question": question, "problems": problems_in(question) if question else []}
    return typed_form.unkept(show(request, page.programme, status=status, **shown))


def show(request, programme, *, status=200, **context):
    context |= {"season": programme.season, "sender": settings.ORGANIZER_EMAIL}
    return render(request, "registrations/check_your_mail.html", context, status=status)
