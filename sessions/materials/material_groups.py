"""What was published after a session, as ready values for its page and for the mail to those who asked."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sessions import marked, translations
from sessions.clocks import dates, lengths
from sessions.materials import player
from sessions.materials.file_kinds import kind_of
from sessions.models import Material
from sessions.plain_text import one_line
from sessions.reference import languages


@dataclass(frozen=True)
class Edition:
    """The same document in one language, which is called as its readers call it."""

    code: str
    url: str

    @property
    def name(self) -> str:
        return languages.OWN_NAMES[self.code]


@dataclass(frozen=True)
class MaterialItem:
    """One material; `address` is empty where it is known to exist but not where."""

    material: Material

    @property
    def title(self) -> str:
        """One that has the name of its kind needs no translation of its own."""
        said = translations.said(self.material, "title")
        return self.kind if said.is_fallback and self.is_named_as_its_kind else marked.words(self.material, "title")

    @property
    def plain_title(self) -> str:
        """For the value of an attribute, which cannot say in which language it is."""
        return str(self.title)

    @property
    def kind(self) -> str:
        return str(self.material.get_kind_display())

    @property
    def is_named_as_its_kind(self) -> bool:
        """In English, whatever language the page is in."""
        with override(translations.ENGLISH):
            return one_line(self.material.title).casefold() == self.kind.casefold()

    @property
    def address(self) -> str:
        return address_of(self.material)

    @property
    def is_doubted(self) -> bool:
        """A recording of which no source tells and which nobody has seen."""
        is_recording = self.material.kind == Material.Kind.RECORDING
        return is_recording and not self.address and "recording" in self.material.session.unconfirmed_fields

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.material.url)

    @property
    def details(self) -> list[str]:
        """Symbol, languages, length, what it is, size, captions, on which other site it opens: whatever is known."""
        material = self.material
        length = lengths.in_words(material.duration_minutes) if material.duration_minutes else ""
        words = (material.symbol, self._heard_in, length, *self._medium, self._captions, self._site)
        return [each for each in words if each]

    @property
    def editions(self) -> list[Edition]:
        """In other languages, in the order of the United Nations."""
        return [
            Edition(code, self.material.editions[code])
            for code in languages.OWN_NAMES
            if code in self.material.editions
        ]

    @property
    def player(self) -> str:
        """The address of its player, which is asked after a click; empty where people get the link alone."""
        return player.address_of(self.material)

    @property
    def player_host(self) -> str:
        return _host_of(self.player)

    @property
    def _heard_in(self) -> str:
        return dates.all_of(map(languages.in_words, self.material.heard_in))

    @property
    def _captions(self) -> str:
        words = [languages.in_words(code) for code in languages.codes_in(self.material.captions)]
        return _("captions: %(languages)s") % {"languages": dates.listed(words)} if words else ""

    @property
    def _medium(self) -> list[str]:
        size = self.material.size
        kind = kind_of(self.material.file.name) if self.material.file else None
        return [str(kind.name) if kind else "", filesizeformat(size) if size else ""]

    @property
    def _site(self) -> str:
        return _("opens on %(host)s") % {"host": _host_of(self.material.url)} if self.is_elsewhere else ""


@dataclass(frozen=True)
class MaterialGroup:
    """The materials of one kind, in the order in which staff put them."""

    kind: str
    words: str
    items: list[MaterialItem]

    @property
    def can_be_opened(self) -> bool:
        return any(item.address for item in self.items)

    @property
    def is_a_fact(self) -> bool:
        return not all(item.is_doubted for item in self.items)


def address_of(material) -> str:
    """Reads the material's session and season when it is a file of our own."""
    if not material.file:
        return material.url
    session, name = material.session, file_name(material)
    return reverse("sessions:material_file", args=[session.season.slug, session.slug, material.pk, name])


def file_name(material) -> str:
    return PurePosixPath(material.file.name).name


def groups_of(session) -> list[MaterialGroup]:
    """All that is known, the recordings first; asks nothing of the database when the materials are prefetched."""
    return _by_kind(session.materials.all())


def to_open(session) -> list[MaterialGroup]:
    """Only what can be opened now."""
    return _by_kind([material for material in session.materials.all() if material.url or material.file])


def _by_kind(materials) -> list[MaterialGroup]:
    by_kind = {kind: [MaterialItem(each) for each in materials if each.kind == kind] for kind in Material.Kind.values}
    return [MaterialGroup(kind, str(Material.Kind(kind).label), by_kind[kind]) for kind in by_kind if by_kind[kind]]


def _host_of(address) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
