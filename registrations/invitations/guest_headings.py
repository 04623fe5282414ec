"""What the columns of a list of guests are called in the six languages of the United Nations."""

import re
import unicodedata
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Meaning(TextChoices):
    """What a column holds."""

    NAME = "name", _("Whole name")
    GIVEN = "given", _("Given name")
    MIDDLE = "middle", _("Middle name")
    FAMILY = "family", _("Family name")
    EMAIL = "email", _("E-mail")
    ORGANISATION = "organisation", _("Organisation")
    LANGUAGE = "language", _("Language of the mail")
    LEFT_OUT = "left-out", _("Leave this column out")


# In the order Arabic, Chinese, English, French, Russian, Spanish; also what Outlook, Google and meeting programs write.
HEADINGS = {
    Meaning.NAME: """
        الاسم الكامل; اسم المشارك; الاسم واللقب
        姓名; 全名; 参会者; 参会人员; 参与者; 名称
        full name; participant; participant name; name of participant; participants; guest; guest name; attendee;
        attendee name; delegate name; name of delegate; contact name; display name; user name; names
        nom complet; nom et prénom; nom et prénoms; nom prénom; prénom et nom; participant; nom du participant; invité
        фио; ф.и.о.; полное имя; фамилия имя отчество; фамилия и имя; имя и фамилия; имя фамилия; фамилия имя; участник
        nombre completo; nombre y apellidos; nombre y apellido; apellidos y nombre; apellidos y nombres; participante;
        nombre del participante; invitado""",
    # Alone they are the whole name; beside a given or a family name they are the other part.
    "either": """
        الاسم
        名; 名字
        name
        nom; noms
        имя
        nombre; nombres""",
    Meaning.GIVEN: """
        الاسم الأول; الاسم الشخصي
        first name; given name; given names; given name s; forename; forenames; first names; christian name
        prénom; prénoms
        primer nombre; nombre de pila; nombre s""",
    Meaning.MIDDLE: """
        الاسم الأوسط; اسم الأب
        中间名
        middle name; middle names; patronymic; additional name
        deuxième prénom
        отчество
        segundo nombre""",
    Meaning.FAMILY: """
        اسم العائلة; اللقب; الاسم الأخير; الكنية
        姓; 姓氏
        last name; family name; surname; family names; surnames; second name
        nom de famille; nom patronymique; patronyme
        фамилия
        apellido; apellidos; primer apellido""",
    Meaning.EMAIL: """
        البريد الإلكتروني; البريد الالكتروني; بريد إلكتروني; عنوان البريد الإلكتروني; الإيميل; إيميل; ايميل
        电子邮件; 电子邮件地址; 电子邮箱; 电邮; 电邮地址; 邮箱; 邮箱地址; 邮件地址; 邮件
        e-mail; email; mail; email address; e-mail address; mail address; attendee email; user email; work email;
        e-mail 1 value; primary email; official email; contact email; registration email; smtp address; address e-mail
        courriel; adresse e-mail; adresse email; adresse mail; adresse électronique; adresse courriel; mél;
        adresse de messagerie; messagerie; courrier électronique
        электронная почта; адрес электронной почты; эл. почта; эл. адрес; адрес эл. почты; почта; электронный адрес
        correo electrónico; correo; dirección de correo electrónico; dirección de correo; correo-e; email""",
    Meaning.ORGANISATION: """
        المؤسسة; الجهة; المنظمة; الوزارة; الهيئة; جهة العمل; الشركة; الوزارة المؤسسة
        单位; 机构; 组织; 工作单位; 公司; 部门; 单位名称; 机构名称
        organisation; organization; organisation name; organization name; institution; institution name; ministry;
        company; company name; agency; affiliation; employer; entity; department; ministry organisation; office
        organisme; organisation; institution; ministère; société; entreprise; structure; établissement; entité
        организация; учреждение; ведомство; министерство; компания; место работы; название организации
        organización; institución; ministerio; empresa; entidad; organismo; compañía; nombre de la institución""",
    Meaning.LANGUAGE: """
        اللغة
        语言
        language; preferred language
        langue
        язык
        idioma; lengua""",
}
BETWEEN_ALTERNATIVES = re.compile(r"[/|()\[\],·]")
BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NO_LETTERS = re.compile(r"[\W\d_]+")


def meaning_of(heading) -> Meaning | str:
    """The meaning; "either" where its neighbours tell which part of a name it is; "" if nobody knows the heading."""
    known = _by_words()
    whole = [BRACKETED.sub(" ", heading), heading, *BETWEEN_ALTERNATIVES.split(heading)]
    return next((known[words] for words in map(_folded, whole) if words in known), "")


@cache
def _by_words() -> dict[str, Meaning | str]:
    """The first meaning of words that have several."""
    known = {}
    for meaning in ("either", *Meaning):
        for words in re.split(r"[;\n]", HEADINGS.get(meaning, "")):
            known.setdefault(_folded(words), meaning)
    return {words: meaning for words, meaning in known.items() if words}


def _folded(words) -> str:
    """Letters alone, without accents and case: "E-Mail (1):" and "e mail" are one."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", words) if unicodedata.category(sign) != "Mn")
    return " ".join(NO_LETTERS.sub(" ", plain.casefold()).split())
