"""The words of the sentence about a season in the six languages; each word has the forms that CLDR names.

Not in the catalogues: staff, who read English, copy the French beside it, and a form depends on the number alone.
"""

# What is counted, in the order of the sentence; the last are the shares of the regional groups.
SESSIONS, HOURS, REGISTRATIONS, ATTENDANCES = "sessions", "hours", "registrations", "attendances"
PEOPLE, COUNTRIES, SHARES = "people", "countries", "shares"
WORDS = {
    "en": {
        "sentence": "{sessions}, {hours}, {places} of {people} from {countries}",
        "short": "{sessions}, {hours}",
        "end": ".",
        "share": ", {shares}",
        "fewer": "fewer than {number}",
        SESSIONS: {"one": "{number} session", "other": "{number} sessions"},
        HOURS: {"one": "{number} hour", "other": "{number} hours"},
        REGISTRATIONS: {"one": "{number} registration", "other": "{number} registrations"},
        ATTENDANCES: {"one": "{number} attendance", "other": "{number} attendances"},
        PEOPLE: {"one": "{number} person", "other": "{number} people"},
        COUNTRIES: {"one": "{number} country", "other": "{number} countries"},
        SHARES: {
            "africa": "{number} from Africa",
            "asia-pacific": "{number} from Asia and the Pacific",
            "eastern-europe": "{number} from Eastern Europe",
            "latin-america-caribbean": "{number} from Latin America and the Caribbean",
            "western-europe-others": "{number} from Western Europe and other States",
        },
    },
    "fr": {
        "sentence": "{sessions}, {hours}, {places} de {people} de {countries}",
        "short": "{sessions}, {hours}",
        "end": ".",
        "share": ", dont {shares}",
        "fewer": "moins de {number}",
        SESSIONS: {"one": "{number} séance", "other": "{number} séances"},
        HOURS: {"one": "{number} heure", "other": "{number} heures"},
        REGISTRATIONS: {
            **{"one": "{number} inscription", "other": "{number} inscriptions"},
            "many": "{number} d’inscriptions",
        },
        ATTENDANCES: {
            **{"one": "{number} participation", "other": "{number} participations"},
            "many": "{number} de participations",
        },
        PEOPLE: {"one": "{number} personne", "other": "{number} personnes", "many": "{number} de personnes"},
        COUNTRIES: {"one": "{number} pays", "other": "{number} pays"},
        SHARES: {
            "africa": "{number} d’Afrique",
            "asia-pacific": "{number} d’Asie et du Pacifique",
            "eastern-europe": "{number} d’Europe orientale",
            "latin-america-caribbean": "{number} d’Amérique latine et des Caraïbes",
            "western-europe-others": "{number} d’Europe occidentale et d’autres États",
        },
    },
    "es": {
        "sentence": "{sessions}, {hours}, {places} de {people} de {countries}",
        "short": "{sessions}, {hours}",
        "end": ".",
        "share": ", de ellas {shares}",
        "fewer": "menos de {number}",
        SESSIONS: {"one": "{number} sesión", "other": "{number} sesiones"},
        HOURS: {"one": "{number} hora", "other": "{number} horas"},
        REGISTRATIONS: {
            **{"one": "{number} inscripción", "other": "{number} inscripciones"},
            "many": "{number} de inscripciones",
        },
        ATTENDANCES: {
            **{"one": "{number} asistencia", "other": "{number} asistencias"},
            "many": "{number} de asistencias",
        },
        PEOPLE: {"one": "{number} persona", "other": "{number} personas", "many": "{number} de personas"},
        COUNTRIES: {"one": "{number} país", "other": "{number} países"},
        SHARES: {
            "africa": "{number} de África",
            "asia-pacific": "{number} de Asia y el Pacífico",
            "eastern-europe": "{number} de Europa Oriental",
            "latin-america-caribbean": "{number} de América Latina y el Caribe",
            "western-europe-others": "{number} de Europa Occidental y otros Estados",
        },
    },
    "ru": {
        "sentence": "{sessions}, {hours}, {places} {people} из {countries}",
        "short": "{sessions}, {hours}",
        "end": ".",
        "share": ", в том числе {shares}",
        "fewer": "менее чем {number}",
        SESSIONS: {"one": "{number} сессия", "few": "{number} сессии", "many": "{number} сессий"},
        HOURS: {
            **{"one": "{number} час", "few": "{number} часа", "many": "{number} часов"},
            "other": "{number} часа",
        },
        REGISTRATIONS: {"one": "{number} регистрация", "few": "{number} регистрации", "many": "{number} регистраций"},
        ATTENDANCES: {"one": "{number} посещение", "few": "{number} посещения", "many": "{number} посещений"},
        PEOPLE: {"one": "{number} человека", "few": "{number} человек", "many": "{number} человек"},
        COUNTRIES: {"one": "{number} страны", "few": "{number} стран", "many": "{number} стран"},
        SHARES: {
            "africa": "{number} из Африки",
            "asia-pacific": "{number} из Азиатско-Тихоокеанского региона",
            "eastern-europe": "{number} из Восточной Европы",
            "latin-america-caribbean": "{number} из Латинской Америки и Карибского бассейна",
            "western-europe-others": "{number} из Западной Европы и других государств",
        },
    },
    "ar": {
        # In brackets, so that no word before them changes their endings.
        "sentence": "{sessions}، {hours}، {places} ({people} من {countries})",
        "short": "{sessions}، {hours}",
        "end": ".",
        "share": "، منهم {shares}",
        "fewer": "أقل من {number}",
        SESSIONS: {
            **{"one": "جلسة واحدة", "two": "جلستان", "few": "{number} جلسات"},
            "other": "{number} جلسة",
        },
        HOURS: {**{"one": "ساعة واحدة", "two": "ساعتان", "few": "{number} ساعات"}, "other": "{number} ساعة"},
        REGISTRATIONS: {
            **{"one": "تسجيل واحد", "two": "تسجيلان", "few": "{number} تسجيلات", "many": "{number} تسجيلاً"},
            "other": "{number} تسجيل",
        },
        ATTENDANCES: {
            **{"one": "مرة حضور واحدة", "two": "مرتا حضور", "few": "{number} مرات حضور"},
            "other": "{number} مرة حضور",
        },
        PEOPLE: {
            **{"one": "شخص واحد", "two": "شخصان", "few": "{number} أشخاص", "many": "{number} شخصاً"},
            "other": "{number} شخص",
        },
        COUNTRIES: {
            **{"one": "بلد واحد", "two": "بلدين", "few": "{number} بلدان", "many": "{number} بلداً"},
            "other": "{number} بلد",
        },
        SHARES: {
            "africa": "{number} من أفريقيا",
            "asia-pacific": "{number} من آسيا والمحيط الهادئ",
            "eastern-europe": "{number} من أوروبا الشرقية",
            "latin-america-caribbean": "{number} من أمريكا اللاتينية ومنطقة البحر الكاريبي",
            "western-europe-others": "{number} من أوروبا الغربية ودول أخرى",
        },
    },
    "zh-hans": {
        "sentence": "{sessions}，{hours}，来自{countries}的{people}{places}",
        "short": "{sessions}，{hours}",
        "end": "。",
        "share": "，其中{shares}",
        "fewer": "不到{number}",
        SESSIONS: {"other": "{number}场会议"},
        HOURS: {"other": "{number}小时"},
        REGISTRATIONS: {"other": "报名{number}人次"},
        ATTENDANCES: {"other": "出席{number}人次"},
        PEOPLE: {"other": "{number}人"},
        COUNTRIES: {"other": "{number}个国家和地区"},
        SHARES: {
            "africa": "{number}来自非洲",
            "asia-pacific": "{number}来自亚太",
            "eastern-europe": "{number}来自东欧",
            "latin-america-caribbean": "{number}来自拉丁美洲和加勒比",
            "western-europe-others": "{number}来自西欧和其他国家",
        },
    },
}
