"""Names: kept as they are, shown masked, found by pinyin."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.identifiers import (
    BadIdentifier,
    mask_name,
    person_name,
    pinyin_keys,
    search_key,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=30)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张明", "张明"),
        ("  张　　三  ", "张 三"),
        ("\u200b张三\u200f\n", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("阿依古丽\u2003买买提", "阿依古丽 买买提"),
        ("John F. Kennedy", "John F. Kennedy"),
        ("José. Núñez", "José. Núñez"),
        ("J.R. 王", "J.R. 王"),
        ("Sammy Davis Jr.", "Sammy Davis Jr."),
        ("Zoë O'Neil-Müller", "Zoë O'Neil-Müller"),
        ("ئەلى ھاجى", "ئەلى ھاجى"),
        ("李〇", "李〇"),
        ("王女士（示例）", "王女士（示例）"),
    ],
)
def test_a_name_is_stored_as_written_with_one_kind_of_dot(text: str, name: str) -> None:
    assert person_name(text) == name


@pytest.mark.parametrize(
    "name",
    [
        "𬭎明",
        "李\U00030edd",
        "王\U000323b0",
        "葛\U000e0100城",
        "王\ue863",
        "神\ufa19",
        "⽅明",
    ],
)
def test_rare_and_compatibility_characters_stay_whole(name: str) -> None:
    assert person_name(name) == name


@pytest.mark.parametrize("name", ["张三", "𬭎" * 30, "字" * 30, "a" * 30])
def test_two_to_thirty_characters_are_a_name(name: str) -> None:
    assert person_name(name) == name


@pytest.mark.parametrize("text", ["", " ", "张", " 张 ", "字" * 31, "𬭎" * 31])
def test_other_lengths_are_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="2 到 30 个字"):
        person_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "张\x00三",
        "张\n三",
        "张\t三",
        "张\u202e三",
        "张\u200b三",
        "张\u2028三",
        "张\ud800",
        "123",
        "１２３",
        "--",
        "· ·-",
        "<b>张三</b>",
        "=张三",
        "张三;",
        "😀😀",
    ],
)
def test_what_no_name_holds_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier, match="不能用的字符"):
        person_name(text)


@pytest.mark.parametrize("text", ["·张三", "张三·", "张三."])
def test_a_dot_stands_between_parts(text: str) -> None:
    with pytest.raises(BadIdentifier, match="在姓名中间"):
        person_name(text)


@given(st.text(max_size=40))
def test_a_name_once_accepted_is_accepted_unchanged(text: str) -> None:
    try:
        name = person_name(text)
    except BadIdentifier:
        return
    assert person_name(name) == name
    assert name.encode()
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(c) for c in name}


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳娜娜", "欧**娜"),
        ("𬭎小明", "𬭎*明"),
        ("买买提·艾力", "买**·**"),
        ("John Smith", "J*** *****"),
        ("葛\U000e0100城", "葛*"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_two_characters_at_most(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("张 三", "张三"),
        ("ＡＢｃ", "abc"),
        ("买买提·艾力", "买买提艾力"),
        ("买买提．艾力", "买买提艾力"),
        ("⽅明", "方明"),
        ("神\ufa19", "神神"),
    ],
)
def test_a_search_key_levels_how_things_are_written(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("李丽", "lili ll"),
        ("吕布", "lvbu lb"),
        ("买买提·艾力", "maimaitiaili mmtal"),
        ("John Smith", "johnsmith js"),
        ("𬭎明", "hongming hm"),
        ("", ""),
    ],
)
def test_a_name_is_found_by_pinyin_and_by_initials(name: str, keys: str) -> None:
    assert pinyin_keys(name) == keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单小明", "shanxiaoming"),
        ("曾国强", "zengguoqiang"),
        ("解晓东", "xiexiaodong"),
        ("仇英", "qiuying"),
        ("区志明", "ouzhiming"),
        ("查良", "zhaliang"),
        ("朴树", "piaoshu"),
        ("乐欣", "yuexin"),
        ("尉迟恭", "yuchigong"),
        ("万俟洛", "moqiluo"),
        ("繁星", "poxing"),
    ],
)
def test_every_reading_of_the_surname_finds_the_name(name: str, key: str) -> None:
    assert key in pinyin_keys(name).split()


def test_a_character_with_many_readings_gives_its_first_keys_only() -> None:
    keys = "zhanming zm chenming cm danming dm tanming tm"
    assert pinyin_keys("湛明") == keys


@given(HAN)
def test_keys_are_few_short_and_different(name: str) -> None:
    keys = pinyin_keys(name).split(" ")
    assert 1 <= len(keys) <= 8
    assert len(keys) == len(set(keys))
    assert len(" ".join(keys)) < 900
