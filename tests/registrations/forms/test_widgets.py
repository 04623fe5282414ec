"""The long list of countries is written safely."""

from registrations.forms.widgets import LongSelect


def test_long_select_escapes_and_groups():
    select = LongSelect({"autocomplete": "off"}, choices=[("", "Choose"), ("A & B", [("x", "<x>"), ("y", "y")])])

    assert select.render("place", "y", {"id": "id_place"}) == (
        '<select autocomplete="off" id="id_place" name="place"><option value="">Choose</option>'
        '<optgroup label="A &amp; B"><option value="x">&lt;x&gt;</option><option value="y" selected>y</option>'
        "</optgroup></select>"
    )
