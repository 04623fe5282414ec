"""Names and order of countries in each language."""

from sessions.reference import countries


def test_country_has_a_name_in_each_language():
    names = [countries.name("384", language) for language in ("en", "fr", "es", "ru", "ar", "zh-hans")]

    assert names == ["Côte d’Ivoire", "Côte d’Ivoire", "Côte d’Ivoire", "Кот-д'Ивуар", "كوت ديفوار", "科特迪瓦"]


def test_every_country_of_the_list_is_offered_once():
    codes = [code for code, _name in countries.choices("en")]

    assert len(codes) == len(set(codes)) == 249


def test_accents_do_not_change_the_order():
    names = [name for _code, name in countries.choices("fr")]

    accented = names.index("Égypte")
    assert names[accented - 1 : accented + 2] == ["Dominique", "Égypte", "El Salvador"]
    assert names.index("Île de Man") < names.index("Inde")


def test_short_i_is_a_letter_of_its_own_in_russian():
    names = [name for _code, name in countries.choices("ru")]

    yemen = names.index("Йемен")
    assert names[yemen - 1 : yemen + 2] == ["Италия", "Йемен", "Кабо-Верде"]


def test_russian_names_are_in_the_nominative():
    names = [countries.name(code, "ru") for code in ("010", "136", "162", "166", "248")]

    assert names == [
        *("Антарктика", "Каймановы острова", "Остров Рождества", "Кокосовые (Килинг) острова"),
        "Аландские острова",
    ]


def test_chinese_names_are_ordered_by_their_sound():
    names = [name for _code, name in countries.choices("zh-hans")]

    sounds = ["阿尔巴尼亚", "巴西", "法国", "日本", "瑞士", "中国"]
    assert sorted(sounds, key=names.index) == sounds


def test_arabic_article_does_not_change_the_order():
    names = [name for _code, name in countries.choices("ar")]

    together = ["أذربيجان", "الأراضي الفرنسية الجنوبية", "الأرجنتين", "الأردن", "أرمينيا"]
    assert names[names.index("أذربيجان") :][:5] == together
    assert names.index("ألمانيا") < names.index("الإمارات العربية المتحدة"), "an alif with hamza is no article"


def test_arabic_names_are_whole():
    codes = ["086", "234", "260", "528", "581", "744"]

    assert [countries.name(code, "ar") for code in codes] == [
        "الإقليم البريطاني في المحيط الهندي",
        "جزر فارو",
        "الأراضي الفرنسية الجنوبية",
        "هولندا (مملكة -)",
        "الجزر الصغيرة النائية التابعة للولايات المتحدة",
        "جزيرتا سفالبارد وجان ماين",
    ]


def test_no_country_comes_last_in_every_language():
    last = {language: countries.choices(language)[-1] for language in ("en", "fr", "es", "ru", "ar", "zh-hans")}

    assert {code for code, _name in last.values()} == {"000"}
    assert last["en"] == ("000", "International organisation or no country")


def test_language_without_names_gives_english():
    assert countries.name("756", "de") == "Switzerland"
    assert countries.name("756", "fr-ch") == "Suisse"


def test_country_is_found_by_its_letters():
    country = countries.by_iso2("jp")

    assert (country.code, country.region_names["en"]) == ("392", "Asia")
    assert countries.by_iso2("XX") is None
    assert countries.by_iso2("") is None


def test_unknown_code_has_no_name():
    assert countries.name("999", "en") == ""


def test_regions_are_those_of_the_united_nations_in_each_language():
    assert [name for _code, name in countries.regions("en")] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert countries.region("756", "fr") == "Europe"
    assert countries.region(countries.NO_COUNTRY.code, "en") == countries.region("no code", "en") == ""


def test_each_country_is_in_one_region_or_in_none():
    of_regions = [code for region, _name in countries.regions("en") for code in countries.of_regions([region])]

    in_none = {code for code, _name in countries.choices("en")} - set(of_regions)

    assert len(of_regions) == len(set(of_regions))
    assert in_none == {"010", countries.NO_COUNTRY.code}, "Antarctica alone is a country without a region"
