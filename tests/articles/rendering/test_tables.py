from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library


def render(text: str) -> str:
    return render_block(text, Page(Library()))


def test_blank_first_cell_continues_the_group_above():
    html = render("| Wie | Leeftijd | mg |\n| --- | --- | ---: |\n| Kind | 2 | 120 |\n| | 6 | 200 |\n| Man | 14 | 350 |\n: Per dag")

    assert html == (
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="tabel-1">\n'
        '<table>\n<caption id="tabel-1">Per dag</caption>\n'
        '<thead>\n<tr>\n<th scope="col">Wie</th>\n<th scope="col">Leeftijd</th>\n'
        '<th class="align-right" scope="col">mg</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<th scope="rowgroup" rowspan="2">Kind</th>\n<td>2</td>\n<td class="align-right">120</td>\n</tr>\n'
        '<tr>\n<td>6</td>\n<td class="align-right">200</td>\n</tr>\n</tbody>\n'
        '<tbody>\n<tr>\n<th scope="row">Man</th>\n<td>14</td>\n<td class="align-right">350</td>\n</tr>\n</tbody>\n'
        "</table>\n</div>\n"
    )


def test_caption_may_stand_after_an_empty_line():
    assert '<caption id="tabel-1">Kop</caption>' in render("| a |\n| - |\n| b |\n\n: Kop\n\nVerder.")


def test_plain_table_has_no_row_headers_and_gets_a_number_for_a_name():
    html = render("| a | b |\n| - | - |\n| c | d |")

    assert 'aria-label="Tabel 1"' in html
    assert 'scope="row' not in html
    assert "<caption" not in html


def test_second_table_has_its_own_name():
    html = render("| a |\n| - |\n| b |\n: Een\n\n| a |\n| - |\n| b |\n: Twee")

    assert '<caption id="tabel-2">Twee</caption>' in html


def test_table_without_rows_survives():
    assert "<tbody>" not in render("| a |\n| - |")


def test_paragraph_that_is_no_caption_stays():
    assert "<p>Gewone tekst</p>" in render("| a |\n| - |\n| b |\n\nGewone tekst")
