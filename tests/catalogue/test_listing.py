from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from photoshoot import InputError, MissingExtraError, RecipeError
from photoshoot.catalogue import Item, list_items
from photoshoot.catalogue.outcomes import Failed
from photoshoot.catalogue.report import Row, write_report


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name in ("b.jpg", "a.PNG", "shoes/red.webp", "shoes/red.png", "notes.txt", ".hidden.jpg", ".cache/c.jpg"):
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "photos"


def test_a_folder_gives_its_photos_by_path_in_one_order(photos: Path) -> None:
    assert [item.id for item in list_items(photos)] == ["a", "b", "shoes/red.png", "shoes/red.webp"]


def test_pictures_that_were_made_among_the_photos_are_no_photos(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(photos)
    made = Path("out")
    (made / "a").mkdir(parents=True)
    (made / "a" / "a_white-background_64x64.png").touch()
    kept = ["a", "b", "shoes/red.png", "shoes/red.webp"]
    assert [item.id for item in list_items(".", leave_out=(made, Path("elsewhere")))] == kept
    assert [item.id for item in list_items("**/*.png", leave_out=(made,))] == ["shoes/red"]
    assert len(list_items("out", leave_out=(made,))) == len(list_items("out/*/*.png", leave_out=(made,))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_names_that_are_no_utf8_are_products_too(tmp_path: Path) -> None:
    photo = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Path(os.fsdecode(photo)).touch()
    (item,) = list_items(tmp_path)
    assert (item.id, os.fsencode(item.photo)) == ("caf\\xe9", photo)
    assert item.folder.startswith("caf-xe9-")
    write_report(tmp_path, [Row(item=item, failure=Failed(item=item, error="PhotoError", message="bad"))])
    assert "caf\\xe9.png" in (tmp_path / "report.csv").read_text(encoding="utf-8")


def test_a_pattern_and_a_single_photo_are_read(photos: Path) -> None:
    assert [item.id for item in list_items(f"{photos}/**/*.[jw]*")] == ["b", "shoes/red"]
    assert list_items(photos / "b.jpg") == [Item(id="b", photo=photos / "b.jpg")]


@pytest.mark.parametrize("name", ["list.csv", "list.tsv", "list.jsonl", "semicolons.csv", "tabs.csv"])
def test_a_list_gives_its_rows_in_order_and_leaves_other_columns_alone(tmp_path: Path, name: str) -> None:
    text = {
        "list.csv": '\ufeffphoto,price,id,name\nb.jpg,3,17,"Mug, red"\n/abs/a.jpg,4,,\n',
        "list.tsv": "photo\tprice\tid\tname\nb.jpg\t3\t17\tMug, red\n/abs/a.jpg\t4\t\t\n",
        "semicolons.csv": "\ufeffPhoto;Price, net;ID;Name \nb.jpg;3,5;17;Mug, red\n/abs/a.jpg;4;;\n",
        "tabs.csv": "PHOTO\tid\tname\nb.jpg\t17\tMug, red\n/abs/a.jpg\t\t\n",
        "list.jsonl": '{"photo": "b.jpg", "id": 17, "name": "Mug, red", "price": 3.5}\n\n{"photo": "/abs/a.jpg"}\n',
    }[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list_items(tmp_path / name) == [
        Item(id="17", photo=tmp_path / "b.jpg", name="Mug, red"),
        Item(id="/abs/a", photo=Path("/abs/a.jpg")),
    ]


def test_a_parquet_list_is_read(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = {"id": [1, 2], "photo": ["a.jpg", "b.jpg"], "description": ["A mug.", None], "price": [1.5, 2.5]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "list.parquet")
    first, second = list_items(tmp_path / "list.parquet")
    assert first == Item(id="1", photo=tmp_path / "a.jpg", description="A mug.")
    assert second.description is None
    (tmp_path / "list.parquet").write_bytes(b"no parquet")
    with pytest.raises(RecipeError, match="is not Parquet"):
        list_items(tmp_path / "list.parquet")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "list.parquet").touch()
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[parquet\]"):
        list_items(tmp_path / "list.parquet")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "image,id\nb.jpg,1\n", "line 1: has no column 'photo', but image, id"),
        ("a.csv", "photo,id\nb.jpg,1\n,2\n", "line 3, photo: is empty"),
        ("a.jsonl", '{"photo": "b.jpg"}\nnot json\n', "line 2: is not JSON"),
        ("a.jsonl", "[]\n", "line 1: must be an object"),
        ("a.jsonl", '{"photo": ["b.jpg"]}\n', "line 1, photo: must be a text"),
        ("a.csv", "photo\n\xff\n", "file: is not UTF-8: save it as that"),
        ("a.csv", "", "line 1: has no column 'photo', but none at all"),
        ("a.csv", 'photo\n"b.jpg', None),
    ],
)
def test_a_wrong_row_is_told_by_file_line_and_reason(tmp_path: Path, name: str, text: str, words: str | None) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(RecipeError) as caught:
        list_items(tmp_path / name)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert (words or "can't be read") in str(caught.value)


def test_two_items_of_one_id_and_empty_catalogues_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("photo,id\na.jpg,1\nb.jpg,1\n")
    with pytest.raises(InputError, match="'1' is the id of 2 items"):
        list_items(tmp_path / "a.csv")
    for source, told in (
        (tmp_path, "has no photos"),
        (f"{tmp_path}/*.jpg", "has no photos"),
        (tmp_path / "none", "not there"),
    ):
        with pytest.raises(InputError, match=told):
            list_items(source)


def test_a_link_to_itself_is_a_photo_that_fails_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    assert [item.id for item in list_items(tmp_path, leave_out=(tmp_path / "out",))] == ["a", "loop"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_a_folder_is_no_photo_that_is_waited_for(photos: Path) -> None:
    before = [item.id for item in list_items(photos)]
    os.mkfifo(photos / "pipe.jpg")
    assert [item.id for item in list_items(photos)] == before


def test_folders_are_safe_and_differ_where_ids_do() -> None:
    ids = ["mug", "MUG", "mug ", "../mug", "a/b", "a-b", "con\n", "ü", "日本", "x" * 300, "x" * 301]
    folders = [Item(id=name, photo=Path("p.jpg")).folder for name in ids]
    assert folders[0] == "mug"
    assert len({folder.lower() for folder in folders}) == len(ids)
    assert not any(set(folder) & set("/\n ") for folder in folders)
    assert max(len(folder.encode()) for folder in folders) <= 80
    assert ("日本" in folders[8], "ü" in folders[7]) == (True, True), "letters of every language stay"
