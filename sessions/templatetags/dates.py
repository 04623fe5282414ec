"""The words of sessions.clocks.dates for templates that get plain values; of moments in UTC."""

from django import template

from sessions.clocks import dates

register = template.Library()
register.filter(dates.day)
register.filter(dates.in_brackets, is_safe=True)
register.filter(dates.in_geneva)
register.filter(dates.in_utc)
register.filter(dates.listed)
register.filter(dates.number)
register.filter(dates.with_remark)
register.simple_tag(dates.blank)
register.simple_tag(dates.colon)
register.simple_tag(dates.comma)
register.simple_tag(dates.comma_of_lists)
register.simple_tag(dates.days)
