"""The form in which a person types the code from a mail."""

from allauth.account.forms import ConfirmLoginCodeForm

from sessions import plain_text


class CodeForm(ConfirmLoginCodeForm):
    def clean_code(self):
        self.cleaned_data["code"] = plain_text.code(self.cleaned_data["code"])
        return super().clean_code()
