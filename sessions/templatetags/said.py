"""Texts of staff in the language of the page: `said` gives words alone, `marked` says where they are English still."""

from django import template
from django.template.loader import render_to_string

from sessions import marked, translations

register = template.Library()
register.filter("said", translations.words)
register.filter("marked", marked.html)
register.filter("marks", marked.attributes)
register.filter(marked.in_english)
register.filter("listed_marked", marked.listed)


@register.tag
def saying(parser, token):
    """{% saying %}…{% endsaying %}: one line comes before, if anything inside is marked as English."""
    nodes = parser.parse(["endsaying"])
    parser.delete_first_token()
    return _Saying(nodes)


class _Saying(template.Node):
    def __init__(self, nodes):
        self.nodelist = nodes

    def render(self, context):
        inside = self.nodelist.render(context)
        return render_to_string("_in_english.html") + inside if marked.AS_ENGLISH in inside else inside
