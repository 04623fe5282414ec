"""Ready values for a person's certificates."""

from dataclasses import dataclass

from registrations import links
from registrations.certificates.words import CertificateWords
from registrations.models import Certificate, Participant
from sessions.clocks import dates


@dataclass(frozen=True)
class CertificatePage:
    """One of them."""

    certificate: Certificate

    @property
    def words(self) -> CertificateWords:
        return CertificateWords(self.certificate)

    @property
    def state(self) -> str:
        if self.certificate.withdrawn_at:
            return "withdrawn"
        return "replaced" if self.certificate.replaced_by_id else ""

    @property
    def new_one(self) -> str:
        """The address of the one that replaces it."""
        return links.path("certificate", self.certificate.replaced_by.key)

    @property
    def check_url(self) -> str:
        return links.check_of_certificates()


@dataclass(frozen=True)
class OwnCertificates:
    certificates: list[Certificate]
    participant: Participant

    @property
    def pages(self) -> list[CertificatePage]:
        return [CertificatePage(each) for each in self.certificates]

    @property
    def percent(self) -> str:
        """How much of a session somebody has to be there."""
        return dates.percent(self.participant.season.certificate_percent / 100)

    @property
    def has_another_name(self) -> bool:
        """Whether one of those that stand has another name than it would get now."""
        name = self.participant.name_on_certificates
        took_part = [each for each in self.certificates if each.part == Certificate.Part.TOOK_PART]
        return any(each.is_standing and each.name != name for each in took_part)
