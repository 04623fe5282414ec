"""Lengths in words, in six languages."""

import pytest
from django.utils.translation import override

from sessions.clocks import lengths


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["1 minute", "45 minutes", "1 hour", "1 hour 12 minutes", "24 hours"]),
        ("ar", ["دقيقة", "45 دقيقة", "ساعة", "ساعة و12 دقيقة", "24 ساعة"]),
        ("zh-hans", ["1分钟", "45分钟", "1小时", "1小时12分钟", "24小时"]),
        ("fr", ["1 minute", "45 minutes", "1 heure", "1 heure 12 minutes", "24 heures"]),
        ("ru", ["1 минута", "45 минут", "1 час", "1 час 12 минут", "24 часа"]),
        ("es", ["1 minuto", "45 minutos", "1 hora", "1 hora 12 minutos", "24 horas"]),
    ],
)
def test_hours_and_minutes_are_said_without_what_is_none(language, words):
    with override(language):
        said = [lengths.in_words(minutes).replace("\xa0", " ") for minutes in (1, 45, 60, 72, 24 * 60)]

    assert said == words
