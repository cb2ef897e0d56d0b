from __future__ import annotations

import dataclasses
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


SHOPIFY = """Handle,Title,Body (HTML),Variant SKU,Image Src,Image Position
mug,Blue mug,"<p>A <b>fine</b> mug &amp; saucer.</p>\n<br>",MUG-1,https://cdn.example.com/mug.jpg?v=17,1
mug,,,MUG-2,https://cdn.example.com/back.jpg,2
gift-card,Gift card,,,,
hat,Hat,,,,
hat,,,,hat.jpg,1
"""
OF_SHOPIFY = [
    Item(id="mug", photo="https://cdn.example.com/mug.jpg?v=17", name="Blue mug", description="A fine mug & saucer."),
    Item(id="hat", photo=Path("hat.jpg"), name="Hat"),
]
GOOGLE = """<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>17</g:id><title>Große Tasse</title><g:image_link>https://x.example/a, b.jpg</g:image_link></item>
<item><g:id>18</g:id><g:title>Hat</g:title><description>&lt;i&gt;Red&lt;/i&gt;</description><g:image_link>hat.jpg
</g:image_link><g:image_link>back.jpg</g:image_link></item></channel></rss>"""
OF_GOOGLE = [
    Item(id="17", photo="https://x.example/a, b.jpg", name="Große Tasse"),
    Item(id="18", photo=Path("hat.jpg"), name="Hat", description="Red"),
]


@pytest.mark.parametrize(
    ("name", "text", "items"),
    [
        ("shopify.csv", SHOPIFY, OF_SHOPIFY),
        ("google.xml", GOOGLE, OF_GOOGLE),
        (
            "atom.xml",
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>'
            "<entry><g:id>1</g:id><title>Hat</title><g:image_link>hat.jpg</g:image_link></entry></feed>",
            [Item(id="1", photo=Path("hat.jpg"), name="Hat")],
        ),
        (
            "google.txt",
            "id\ttitle\tprice\timage link\n17\tHat, red; large\t9.99 EUR\thttps://x.example/hat.jpg\n",
            [Item(id="17", photo="https://x.example/hat.jpg", name="Hat, red; large")],
        ),
        (
            "woo.csv",
            '\ufeffID,Type,SKU,Name,"Short description",Images\n'
            '44,simple,M-1,Hat,Red.,"https://x.example/a,b.jpg, c.jpg"\n',
            [Item(id="44", photo="https://x.example/a,b.jpg", name="Hat", description="Red.")],
        ),
        (
            "woo_de.csv",
            'ID,Typ,Artikelnummer,Name,Kurzbeschreibung,Bilder\n44,simple,M-1,Mütze,Rot.,"hut.jpg, c.jpg"\n',
            [Item(id="44", photo=Path("hut.jpg"), name="Mütze", description="Rot.")],
        ),
        (
            "woo_fr.csv",
            'ID,Type,UGS,Nom,"Description courte",Images\n44,simple,M-1,Bonnet,Rouge.,"hat.jpg, c.jpg"\n',
            [Item(id="44", photo=Path("hat.jpg"), name="Bonnet", description="Rouge.")],
        ),
        (
            "woo_sv.csv",
            "ID,Namn,Kort beskrivning,Bilder\n44,Mössa,Röd.,hat.jpg\n",
            [Item(id="44", photo=Path("hat.jpg"), name="Mössa", description="Röd.")],
        ),
        (
            "shopify_new.csv",
            "Title,URL handle,Description,Product image URL\nHat,hat,Red.,hat.jpg\n",
            [Item(id="hat", photo=Path("hat.jpg"), name="Hat", description="Red.")],
        ),
        ("magento.csv", "sku,name,base_image\nH-1,Hat,hat.jpg\n", [Item(id="H-1", photo=Path("hat.jpg"), name="Hat")]),
        ("excel.csv", "sep=;\nid;photo;title\n1;hat.jpg;Hat\n", [Item(id="1", photo=Path("hat.jpg"))]),
        ("urls.csv", "photo\nHTTPS://x.example/hat.jpg\n", [Item(id="HTTPS://x.example/hat.jpg", photo="HTTPS://x.example/hat.jpg")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_exports_of_shops_are_read_as_they_come(
    tmp_path: Path, name: str, text: str, items: list[Item], encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = text if encoding == "utf-8" else text.removeprefix("\ufeff")
    (tmp_path / name).write_text(text, encoding=encoding)
    here = [
        item if isinstance(item.photo, str) else dataclasses.replace(item, photo=tmp_path / item.photo)
        for item in items
    ]
    assert list_items(tmp_path / name) == here
    assert ("gift-card" in caplog.text) == (name == "shopify.csv"), "a product without a photo is told"


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
        ("a.csv", "sep=;\nphoto;id\n;1\n", "line 3, photo: is empty"),
        ("a.xml", "<rss><item>", "file: is not XML"),
        ("a.xml", "<html/>", "file: is no feed"),
        ("a.xml", "<rss><item><link>a.jpg</link></item></rss>", "item 1: has no column 'photo', but link"),
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
