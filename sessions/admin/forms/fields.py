"""A list of texts, edited as one text a line."""

from django import forms


class LinesField(forms.CharField):
    """Gives a list of strings; for a JSON column that holds one."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def run_validators(self, value):
        """On the text, which is what those of a CharField know."""
        super().run_validators("\n".join(value))
