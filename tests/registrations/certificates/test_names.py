"""Whoever types the name on a paper in another way means the same name."""

import pytest

from registrations.certificates import names, numbers
from tests.support.registrations.names import REAL_NAMES

SAME = [
    ("Nguyễn Thị Minh", "nguyen thi minh"),
    ("José Ñuñez", "JOSE NUNEZ"),
    ("O’Brien", "O'Brien"),
    ("Jean-Pierre Dupont", "Jean Pierre Dupont"),
    ("Ana M.", "ana m"),
    ("Øystein Ærø", "oystein aero"),
    ("李小龙", "李 小龙"),
    ("约翰·史密斯", "约翰史密斯"),
    ("Li Xiaolong", "\uff2c\uff29\u3000\uff38\uff49\uff41\uff4f\uff4c\uff4f\uff4e\uff47"),
    ("محمد عبد الله", "مُحَمَّد عبدالله"),
    ("محمد", "محـــمد"),
    ("فاطمة علي", "فاطمه علی"),
    ("Дмитрий Ёлкин", "ДМИТРИЙ ЕЛКИН"),
    ("Suharto", " suharto "),
    ("भारती देवी", "भारतीदेवी"),
]
OTHER = [
    ("Amina Otieno", "Amina Otieno Odhiambo"),
    ("李小龙", "李小尤"),
    ("Ana", "Anna"),
    ("Amina Otieno", "Otieno Amina"),
]


@pytest.mark.parametrize(("printed", "typed"), SAME)
def test_same_name(printed, typed):
    assert names.fold(printed) == names.fold(typed)


@pytest.mark.parametrize(("printed", "typed"), OTHER)
def test_other_name(printed, typed):
    assert names.fold(printed) != names.fold(typed)


def test_no_name_is_folded_to_nothing():
    assert all(map(names.fold, REAL_NAMES))


def test_what_is_stored_of_a_name_depends_on_the_number():
    one, other = numbers.new(), numbers.new()

    assert names.digest("Ana", one) == names.digest("ANA", one)
    assert names.digest("Ana", one) != names.digest("Ana", other)
