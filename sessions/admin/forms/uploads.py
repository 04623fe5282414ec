"""The field in which staff choose a file to publish: what is refused, and why."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.materials import files, material_groups
from sessions.materials.file_kinds import FILE_KINDS, OPENING_OCTETS, extensions, kind_of


class PublishedFile:
    """What the widget shows of a stored file: its name, and the address at which the public finds it."""

    def __init__(self, file):
        self.name, self.url = material_groups.file_name(file.instance), material_groups.address_of(file.instance)

    def __str__(self):
        return self.name


class UploadWidget(AdminFileWidget):
    clear_checkbox_label = gettext_lazy("Remove this file")
    initial_text = gettext_lazy("Now")
    input_text = gettext_lazy("Another file instead")

    def format_value(self, value):
        return PublishedFile(value) if self.is_initial(value) else None


class UploadField(forms.FileField):
    """Gives an upload under a name that the disk takes."""

    widget = UploadWidget(attrs={"accept": ",".join(FILE_KINDS)})
    default_error_messages = {
        "empty": gettext_lazy("This file is empty. Choose another one."),
        "contradiction": gettext_lazy("Either choose another file or remove this one, not both."),
    }

    def to_python(self, data):
        upload = super().to_python(data)
        if upload:
            upload.name = self._checked_name(upload)
        return upload

    def _checked_name(self, upload) -> str:
        kind = kind_of(upload.name)
        if kind is None:
            raise ValidationError(_not_published(upload.name))
        if upload.size > settings.MATERIAL_MAX_OCTETS:
            raise ValidationError(_too_large(upload.size))
        if not kind.fits(_opening(upload)):
            text = _("This is not a %(kind)s file, although its name says so. Save it again, or choose another one.")
            raise ValidationError(text % {"kind": kind.name})
        return files.plain_name(upload.name, instead="file")


def _opening(upload) -> bytes:
    opening = upload.read(OPENING_OCTETS)
    upload.seek(0)
    return opening


def _not_published(name) -> str:
    return _("“%(name)s” is of a kind that cannot be published here. Possible are: %(kinds)s.") % {
        "name": name,
        "kinds": extensions(),
    }


def _too_large(octets) -> str:
    text = _(
        "This file has %(size)s, at most %(limit)s are possible. Make it smaller, or publish it elsewhere as a link."
    )
    return text % {"size": filesizeformat(octets), "limit": filesizeformat(settings.MATERIAL_MAX_OCTETS)}
